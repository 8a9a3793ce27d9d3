using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Torch;

/// <summary>What a module does with its tensors: modes, moves, gradients, hooks, end of life.</summary>
public sealed class NNModuleTests
{
    [Fact]
    public void Training_and_evaluation_reach_the_whole_tree()
    {
        using var net = Sequential(Sequential(Dropout(), BatchNorm1d(2)), Linear(2, 2));
        Assert.All(net.modules().Append(net), m => Assert.True(m.training));
        net.eval();
        Assert.All(net.modules().Append(net), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules().Append(net), m => Assert.True(m.training));
    }

    [Fact]
    public void A_move_to_another_type_makes_new_parameters_and_ends_the_old()
    {
        using var net = Sequential(Linear(2, 2), BatchNorm1d(2));
        var before = net.parameters().ToArray();
        Assert.Same(net, net.to(ScalarType.Float64));
        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.All(before, p => Assert.True(p.IsInvalid));
        Assert.Equal(ScalarType.Float64, net.get_buffer("1.running_mean")!.dtype);
        Assert.Equal(ScalarType.Int64, net.get_buffer("1.num_batches_tracked")!.dtype);
        Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int64));
    }

    [Fact]
    public void A_move_to_where_it_is_changes_nothing()
    {
        using var net = Linear(2, 2);
        var before = net.parameters().ToArray();
        net.to(CPU).to(ScalarType.Float32).to(DeviceType.CPU);
        Assert.Equal(before, net.parameters(), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void A_move_takes_gradients_and_the_fields_of_a_module_along()
    {
        using var scope = NewDisposeScope();
        using var net = new Scaled();
        net.call(ones(2)).sum().backward();
        net.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, net.factor.dtype);
        Assert.Equal(ScalarType.Float64, net.shift.dtype);
        Assert.Equal([1d, 1d], net.factor.grad!.data<double>().ToArray());
        Assert.Same(net.factor, net.get_parameter("factor"));
        Assert.Same(net.shift, net.get_buffer("shift"));
    }

    [Fact]
    public void Clearing_gradients_removes_or_zeroes_them()
    {
        using var scope = NewDisposeScope();
        using var net = Linear(2, 1);
        net.call(ones(3, 2)).sum().backward();
        net.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0f], net.weight.grad!.data<float>().ToArray());
        net.zero_grad();
        Assert.Null(net.weight.grad);
    }

    [Fact]
    public void A_function_is_applied_to_children_first()
    {
        using var net = Sequential(("a", Linear(1, 1)), ("b", Sequential(("c", ReLU()))));
        var order = new List<string>();
        net.apply(module => order.Add(module.GetName()));
        Assert.Equal(["Linear", "ReLU", "Sequential", "Sequential"], order);
    }

    [Fact]
    public void Layers_outlive_the_scope_they_were_made_in_and_end_with_their_module()
    {
        var before = Tensor.TotalCount;
        Sequential net;
        using (NewDisposeScope()) net = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(8, 2));
        using (NewDisposeScope()) Assert.Equal([4L, 2L], net.call(ones(4, 1, 4, 4)).shape);
        Assert.Equal(before + 9, Tensor.TotalCount);
        net.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        net.Dispose();
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
        Assert.False(new Parameter(ones(1), requires_grad: false).requires_grad);
    }

    private sealed class Scaled : Module<Tensor, Tensor>
    {
        public Parameter factor = new(ones(2));
        public Tensor shift = zeros(2);

        public Scaled() : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input) => (input * factor) + shift;
    }
}
