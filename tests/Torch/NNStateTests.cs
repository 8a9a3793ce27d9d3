using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Torch;

/// <summary>The state by name, in memory and in TorchSharp's own file format.</summary>
public sealed class NNStateTests
{
    [Fact]
    public void The_state_is_the_tensors_themselves_parameters_first()
    {
        using var net = Net();
        var state = net.state_dict();
        Assert.Equal(
            ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], state.Keys);
        Assert.Same(net.get_parameter("0.weight"), state["0.weight"]);
        Assert.Equal(["net.0.weight"], net.state_dict(prefix: "net").Keys.Take(1));
    }

    [Fact]
    public void Loading_copies_in_place()
    {
        using var scope = NewDisposeScope();
        using var from = Net();
        using var into = Net();
        from.call(randn(5, 3) + 2);
        var weight = into.get_parameter("0.weight");
        var (missing, unexpected) = into.load_state_dict(from.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Same(weight, into.get_parameter("0.weight"));
        foreach (var (name, value) in from.state_dict()) Assert.True(value.Equals(into.state_dict()[name]), name);
        using (no_grad()) from.get_parameter("0.weight")!.zero_();
        Assert.False(weight!.Equals(from.get_parameter("0.weight")!));
        Assert.True(weight.requires_grad);
    }

    [Fact]
    public void A_strict_load_names_what_does_not_fit_and_a_loose_one_reports_it()
    {
        using var net = Net();
        using var other = Sequential(("0", Linear(3, 2)), ("extra", Linear(1, 1)));
        var failure = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(other.state_dict()));
        Assert.Contains("1.weight", failure.Message, StringComparison.Ordinal);
        Assert.Contains("extra.bias", failure.Message, StringComparison.Ordinal);
        var (missing, unexpected) = net.load_state_dict(other.state_dict(), strict: false, skip: ["extra.bias"]);
        Assert.Equal(5, missing.Count);
        Assert.Equal(["extra.weight"], unexpected);
        Assert.True(net.get_parameter("0.weight")!.Equals(other.get_parameter("0.weight")!));
    }

    [Fact]
    public void A_file_gives_the_state_back()
    {
        using var from = Net();
        using var into = Net();
        using var file = new MemoryStream();
        from.call(ones(4, 3));
        from.save(file);
        into.load(new MemoryStream(file.ToArray()));
        foreach (var (name, value) in from.state_dict()) Assert.True(value.Equals(into.state_dict()[name]), name);
    }

    [Fact]
    public void A_strict_file_load_compares_the_number_of_entries()
    {
        using var from = Linear(3, 2);
        using var into = Net();
        using var file = new MemoryStream();
        from.save(file);
        var failure = Assert.Throws<ArgumentException>(() => into.load(new MemoryStream(file.ToArray())));
        Assert.Contains("expected 7, but found 2", failure.Message, StringComparison.Ordinal);
        using var larger = Linear(4, 2);
        Assert.Throws<ArgumentException>(() => larger.load(new MemoryStream(file.ToArray())));
        Assert.Throws<EndOfStreamException>(() => from.load(new MemoryStream(file.ToArray()[..20])));
    }

    private static Sequential Net() => Sequential(Linear(3, 2), BatchNorm1d(2));
}
