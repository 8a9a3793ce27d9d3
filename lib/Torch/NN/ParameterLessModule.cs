namespace TorchSharp.Modules;

public interface IParameterLessModule;

/// <summary>A module with nothing to move and nothing to train.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name) { }

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refusal("buffer", name);

    public override void register_parameter(string name, Parameter param) => throw Refusal("parameter", name);

    public override void register_module(string name, torch.nn.Module? submodule)
    {
        if (submodule is not IParameterLessModule) throw Refusal("module with parameters", name);
        base.register_module(name, submodule);
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    private InvalidOperationException Refusal(string what, string part) => new(
        $"{GetName()} is declared parameter-less, so it cannot hold the {what} {part}. Derive from nn.Module instead.");
}
