using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Torch;

/// <summary>Watching and changing what goes through a module.</summary>
public sealed class NNHookTests
{
    [Fact]
    public void Hooks_see_and_change_what_goes_through()
    {
        using var scope = NewDisposeScope();
        using var net = Identity();
        var seen = new List<string>();
        var first = net.register_forward_pre_hook((_, input) => input + 1);
        var last = net.register_forward_hook((_, _, output) => output * 10);
        net.register_forward_hook(module => seen.Add(module.GetName()));
        Assert.Equal(30f, net.call(tensor(2f)).item<float>());
        Assert.Equal(2f, net.forward(tensor(2f)).item<float>());
        first.remove();
        last.remove();
        Assert.Equal(2f, net.call(tensor(2f)).item<float>());
        Assert.Equal(["Identity", "Identity"], seen);
    }

    [Fact]
    public void Modules_of_several_arguments_have_hooks_too()
    {
        using var scope = NewDisposeScope();
        using var two = MSELoss();
        two.register_forward_pre_hook((_, x, y) => (x + 1, y));
        two.register_forward_hook((_, _, _, loss) => loss * 2);
        Assert.Equal(8f, two.call(tensor(3f), tensor(2f)).item<float>());
        using var three = new Weighed();
        three.register_forward_pre_hook((_, x, y, w) => (y, x, w * 2));
        three.register_forward_hook((_, _, _, _, result) => result + 1);
        Assert.Equal(7f, three.call(tensor(1f), tensor(2f), tensor(3f)).item<float>());
    }

    private sealed class Weighed : Module<Tensor, Tensor, Tensor, Tensor>
    {
        public Weighed() : base(nameof(Weighed)) { }

        public override Tensor forward(Tensor input1, Tensor input2, Tensor input3) => (input1 - input2) * input3;
    }
}
