namespace FaLW.Tests.Engine;

/// <summary>What the kit takes for granted of its engine; that NaN logits are refused is tested with the predictions.</summary>
public class TensorTests
{
    [Fact]
    public void A_scope_frees_what_its_own_thread_made_and_nothing_else()
    {
        Tensor? own, elsewhere = null, kept;
        using (NewDisposeScope())
        {
            own = ones(1);
            kept = ones(1).DetachFromDisposeScope();
            var thread = new Thread(() => elsewhere = ones(1));
            thread.Start();
            thread.Join();
        }

        Assert.Equal((true, false, false), (own.IsInvalid, kept.IsInvalid, elsewhere!.IsInvalid));
        kept.Dispose();
        elsewhere.Dispose();
    }

    [Fact]
    public void A_seed_gives_PyTorchs_numbers()
    {
        float[] published = [0.4963f, 0.7682f, 0.0885f];
        using var scope = NewDisposeScope();
        using var own = new Generator(0);
        Assert.All(published.Zip(Bits.Numbers(rand(3, generator: own))), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        manual_seed(0);
        Assert.All(published.Zip(Bits.Numbers(rand(3))), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_whatever_was_drawn_before()
    {
        Dictionary<string, byte[]> Weights(int seed)
        {
            using var model = Network.ResNet8.Create(3, 16, 16, classes: 5, seed, CPU);
            return Bits.Of(model);
        }

        var first = Weights(0);
        rand(7).Dispose();
        Assert.Equal(first, Weights(0));
        Assert.NotEqual(first["conv1.weight"], Weights(1)["conv1.weight"]);
    }

    [Fact]
    public void Two_thousand_steps_leave_as_many_tensors_alive_as_two()
    {
        using var toy = new Toy(Network.Perceptron with { Width = 4 });
        long Alive(int epochs)
        {
            toy.Fit(Toy.Plain with { Epochs = epochs, Momentum = 0.9, LearningRate = 1e-3 }, toy.InOrder(4, 4), Objectives.CrossEntropy);
            return TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }

        var before = Alive(epochs: 1);
        Assert.Equal(before, Alive(epochs: 1000));
    }

    [Fact]
    public void One_value_per_channel_has_no_statistics_and_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = (Network.Vgg16Bn with { Width = 1 }).Create(3, 16, 16, classes: 5, seed: 0, CPU);
        model.Train();
        var refusal = Assert.Throws<InvalidOperationException>(() => model.Logits(Bits.Images(1, 3, 16, 16)));
        Assert.Contains("at least 2 images", refusal.Message, StringComparison.Ordinal);
        Assert.All(model.State, entry => Assert.True(entry.Value.isfinite().all().item<bool>(), entry.Name));
        model.Logits(Bits.Images(2, 3, 16, 16));
        model.Evaluate();
        model.Logits(Bits.Images(1, 3, 16, 16));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_an_exception_and_the_process_goes_on()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.ThrowsAny<Exception>(() => ones(2, 3).mv(ones(2)));
        Assert.ThrowsAny<Exception>(() => ones(1, 2, 3).bmm(ones(1, 2, 3)));
        Assert.ThrowsAny<Exception>(() => ones(2).backward());
        var unused = ones(1).requires_grad_();
        (ones(1).requires_grad_() * 2).backward();
        Assert.Null(unused.grad);
    }
}
