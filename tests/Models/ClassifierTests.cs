namespace FaLW.Tests.Models;

public class ClassifierTests
{
    [Fact]
    public void A_copy_is_equal_and_shares_nothing()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var original = Small(seed: 0);
        original.Logits(Bits.Images(4, 1, 8, 8));
        using var copy = original.Copy();
        var before = Bits.Of(original);
        Assert.Equal(before, Bits.Of(copy));

        foreach (var parameter in copy.Parameters) parameter.add_(1);
        copy.Logits(Bits.Images(4, 1, 8, 8));

        Assert.Equal(before, Bits.Of(original));
        Assert.All(Bits.Of(copy), entry => Assert.NotEqual(before[entry.Key], entry.Value));
    }

    [Fact]
    public void A_copy_outlives_its_original_and_the_dispose_scope_it_was_made_in()
    {
        Classifier original, copy;
        using (NewDisposeScope())
        {
            original = (Network.Vgg16BnLth with { Width = 1 }).Create(1, 8, 8, classes: 3, seed: 0, CPU);
            copy = original.Copy();
            copy.ChannelsLast = true;
        }

        using (copy)
        {
            var expected = Bits.Of(original);
            original.Dispose();
            Assert.Equal(expected, Bits.Of(copy));
            using var scope = NewDisposeScope();
            Assert.Equal([4L, 3L], copy.Logits(Bits.Images(4, 1, 8, 8)).shape);
        }
    }

    [Fact]
    public void A_copy_keeps_mode_precision_and_layout()
    {
        Assert.SkipUnless(BFloat16Support.WhyNot(CPU) is null, "This processor has no bfloat16 convolutions.");
        using var model = Small(seed: 0);
        model.Evaluate();
        (model.Precision, model.ChannelsLast) = (Precision.BFloat16, true);
        using var copy = model.Copy();

        Assert.False(copy.Module.training);
        Assert.Equal((Precision.BFloat16, true), (copy.Precision, copy.ChannelsLast));
    }

    [Fact]
    public void Evaluation_leaves_statistics_alone_and_training_moves_them()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = Small(seed: 0);
        var before = Bits.Of(model);

        model.Evaluate();
        model.Logits(Bits.Images(4, 1, 8, 8));
        Assert.Equal(before, Bits.Of(model));

        model.Train();
        model.Logits(Bits.Images(4, 1, 8, 8));
        Assert.NotEqual(before["bn1.running_mean"], Bits.Of(model)["bn1.running_mean"]);
        Assert.Equal(1L, BitConverter.ToInt64(Bits.Of(model)["bn1.num_batches_tracked"]));
    }

    [Fact]
    public void Images_of_another_shape_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        using var model = Small(seed: 0);
        var fault = Assert.Throws<ArgumentException>(() => model.Logits(Bits.Images(2, 3, 8, 8)));
        Assert.Contains("1x8x8", fault.Message, StringComparison.Ordinal);
        Assert.Contains("2x3x8x8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_and_loaded_weights_are_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        using var model = Small(seed: 0);
        using var other = Small(seed: 1);
        model.ChannelsLast = true;

        model.Save(folder["model.safetensors"]);
        other.Load(folder["model.safetensors"]);

        Assert.Equal(Bits.Of(model), Bits.Of(other));
        Assert.Equal(["model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var model = Small(seed: 0);
        using var other = (Network.ResNet8 with { Width = 2 }).Create(1, 8, 8, classes: 4, seed: 1, CPU);
        other.Save(folder["other.safetensors"]);
        var before = Bits.Of(model);

        var fault = Assert.Throws<InvalidDataException>(() => model.Load(folder["other.safetensors"]));

        Assert.Contains("fc.weight is Float32 [4, 8] instead of Float32 [3, 8]", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(model));
    }

    /// <summary>What Python's load_state_dict takes: the names of DataParallel, half precision, and the statistics of a PyTorch that did not count batches.</summary>
    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Weights_are_taken_as_PyTorch_takes_them(ScalarType format)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var saved = Small(seed: 0);
        using var model = Small(seed: 1);
        Safetensors.Write(folder["parallel"], saved.State.Where(entry => !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(entry => ($"module.{entry.Name}", entry.Value.to_type(format))));
        foreach (var (_, count) in model.State.Where(entry => entry.Value.dtype == ScalarType.Int64)) count.fill_(5);

        model.Load(folder["parallel"]);

        Assert.All(saved.State.Zip(model.State), pair =>
        {
            Assert.Equal(pair.First.Value.dtype, pair.Second.Value.dtype);
            Assert.True(pair.Second.Value.Equals(pair.First.Value.dtype == ScalarType.Int64 ? zeros_like(pair.First.Value) : pair.First.Value.to_type(format).to_type(pair.First.Value.dtype)), pair.First.Name);
        });
    }

    [Fact]
    public void A_network_that_normalises_by_itself_and_whole_numbers_are_refused_and_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Small(seed: 0);
        var before = Bits.Of(model);
        string Refused(params IEnumerable<(string, Tensor)> tensors)
        {
            Safetensors.Write(folder["other"], tensors);
            return Assert.Throws<InvalidDataException>(() => model.Load(folder["other"])).Message;
        }

        Assert.Contains("normalises the images itself, by normalize.mean 0.4914 0.4822, and here", Refused([.. model.State, ("normalize.mean", tensor(new[] { 0.4914f, 0.4822f }))]), StringComparison.Ordinal);
        Assert.Contains("values are not finite in bn1.bias", Refused(model.State.Select(entry => (entry.Name, entry.Name == "bn1.bias" ? entry.Value * double.NaN : entry.Value))), StringComparison.Ordinal);
        Assert.Contains("values are not finite in bn1.bias", Refused(model.State.Select(entry => (entry.Name, entry.Name == "bn1.bias" ? entry.Value.to_type(float64) + 1e300 : entry.Value))), StringComparison.Ordinal);
        Assert.Contains("bn1.bias is Byte", Refused(model.State.Select(entry => (entry.Name, entry.Name == "bn1.bias" ? entry.Value.to_type(uint8) : entry.Value))), StringComparison.Ordinal);
        Assert.Equal(before, Bits.Of(model));
    }

    [Fact]
    public void Missing_and_unknown_names_are_listed()
    {
        using var folder = new TemporaryFolder();
        using var model = Small(seed: 0);
        using var linear = Network.Linear.Create(1, 8, 8, classes: 3, seed: 1, CPU);
        using var hidden = Network.Perceptron.Create(1, 8, 8, classes: 3, seed: 1, CPU);
        linear.Save(folder["linear.safetensors"]);
        hidden.Save(folder["hidden.safetensors"]);

        Assert.Contains("it lacks conv1.weight, bn1.weight, bn1.bias and", Message(model, "linear"), StringComparison.Ordinal);
        Assert.Contains("it has the unknown hidden.weight, hidden.bias", Message(linear, "hidden"), StringComparison.Ordinal);

        string Message(Classifier into, string name) =>
            Assert.Throws<InvalidDataException>(() => into.Load(folder[$"{name}.safetensors"])).Message;
    }

    private static Classifier Small(int seed) => (Network.ResNet8 with { Width = 2 }).Create(1, 8, 8, classes: 3, seed, CPU);
}
