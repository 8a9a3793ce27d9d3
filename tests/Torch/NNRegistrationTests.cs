using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Torch;

/// <summary>Which names a module's parts get, and in which order.</summary>
public sealed class NNRegistrationTests
{
    [Fact]
    public void Fields_come_in_order_the_most_derived_class_first()
    {
        using var net = new Derived();
        Assert.Equal(
            ["scale", "second.weight", "second.bias", "first.weight"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(["offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["second", "first"], net.named_children().Select(c => c.name));
    }

    [Fact]
    public void Own_parameters_come_before_those_of_children_and_depth_comes_before_breadth()
    {
        using var net = Sequential(("body", Sequential(("a", Linear(2, 2)), ("b", new Derived()))), ("head", Linear(2, 1)));
        Assert.Equal(
            ["body.a.weight", "body.a.bias", "body.b.scale", "body.b.second.weight", "body.b.second.bias", "body.b.first.weight",
                "head.weight", "head.bias"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(["body", "head", "body.a", "body.b", "body.b.second", "body.b.first"], net.named_modules().Select(m => m.name));
        Assert.Empty(net.named_parameters(recurse: false));
    }

    [Fact]
    public void A_shared_part_is_listed_once()
    {
        using var shared = Linear(3, 3);
        using var net = Sequential(shared, ReLU(), shared);
        Assert.Equal(["0.weight", "0.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(2, net.parameters().Count());
        Assert.Equal(["0.bias", "0.weight", "2.bias", "2.weight"], net.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_part_is_found_by_its_path()
    {
        using var net = Sequential(("body", new Derived()), ("norm", BatchNorm1d(2)));
        Assert.Same(net.named_parameters().Single(p => p.name == "body.second.weight").parameter, net.get_parameter("body.second.weight"));
        Assert.True(net.has_buffer("norm.running_mean"));
        Assert.False(net.has_parameter("norm.running_mean"));
        Assert.Null(net.get_buffer("body.nothing"));
        Assert.Null(net.get_parameter("nobody.second.weight"));
    }

    [Fact]
    public void A_name_can_be_taken_once_and_holds_no_dot()
    {
        using var net = new Derived();
        Assert.Throws<InvalidOperationException>(() => net.register_module("first", Linear(1, 1)));
        Assert.Throws<InvalidOperationException>(() => net.register_parameter("scale", new Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => net.register_buffer("offset", ones(1)));
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => net.register_module("", Linear(1, 1)));
    }

    [Fact]
    public void A_module_without_parameters_takes_none()
    {
        using var module = ReLU();
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("p", new Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("b", ones(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_module("m", Linear(1, 1)));
    }

    [Fact]
    public void A_buffer_that_is_not_persistent_stays_out_of_the_state()
    {
        using var net = new Derived();
        net.register_buffer("cache", zeros(1), persistent: false);
        Assert.DoesNotContain("cache", net.state_dict().Keys);
    }

    [Fact]
    public void A_list_numbers_its_modules()
    {
        using var list = ModuleList<Linear>(Linear(1, 1), Linear(1, 2));
        using var net = new Holder(list);
        Assert.Equal(["parts.0.weight", "parts.0.bias", "parts.1.weight", "parts.1.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(2, list.Count);
        Assert.Equal(2, list[1].out_features);
    }

    private class Base : Module<Tensor, Tensor>
    {
#pragma warning disable CA1823 // Read by reflection.
        protected readonly Linear first = Linear(2, 3, hasBias: false);
#pragma warning restore CA1823

        protected Base(string name) : base(name) { }

        public override Tensor forward(Tensor input) => first.call(input);
    }

    private sealed class Derived : Base
    {
        private readonly Parameter scale = new(ones(3));
        private readonly Tensor offset = zeros(3);
        private readonly Linear second = Linear(3, 2);

        public Derived() : base(nameof(Derived)) => RegisterComponents();

        public override Tensor forward(Tensor input) => second.call((base.forward(input) * scale) + offset);
    }

    private sealed class Holder : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> parts;

        public Holder(ModuleList<Linear> parts) : base(nameof(Holder))
        {
            this.parts = parts;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => parts.Aggregate(input, (x, part) => part.call(x));
    }
}
