using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share. State belongs to the parameter object: after a module was moved, build a new optimizer.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper() { }

    private protected OptimizerOptions Defaults { get; init; } = new();

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Parameters = param_group.Parameters.ToArray();
        Complete(param_group);
        param_group.InitialLearningRate = param_group.LearningRate;
        _parameter_groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            states[parameter] = NewState(parameter);
            states[parameter].Initialize(param_group.Options!);
        }
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var graph = enable_grad();
            loss = closure();
        }
        using var still = no_grad();
        foreach (var group in _parameter_groups)
        {
            var parameters = (Parameter[])group.Parameters;
            if (parameters.Length > 0) Update(group, parameters, Array.ConvertAll(parameters, p => states[p]));
        }
        return loss;
    }

    public void to(Device device)
    {
        foreach (var state in states.Values) state.to(device);
    }

    public virtual StateDictionary state_dict()
    {
        var all = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            all.Options.Add(group.Options!);
            all.StateIndexRef.Add([]);
            foreach (var parameter in group.Parameters)
            {
                all.StateIndexRef[^1].Add(all.State.Count);
                all.State.Add(states[parameter]);
            }
        }
        return all;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (own.Options.Count != state_dict.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups. Load the state of the same kind of optimizer.", nameof(state_dict));
        if (own.State.Count != state_dict.State.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of states. Load the state of the same network.", nameof(state_dict));
        for (var i = 0; i < own.Options.Count; i++) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var state in states.Values) state.Dispose();
        base.Dispose(disposing);
    }

    private protected void AddAll(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
    }

    /// <summary>Fills what a group leaves open with the optimizer's own settings.</summary>
    private protected abstract void Complete(ParamGroup group);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected abstract void Update(ParamGroup group, Parameter[] parameters, OptimizerState[] states);

    public sealed class StateDictionary
    {
        internal StateDictionary() { }

        public List<OptimizerOptions> Options { get; } = [];

        public List<OptimizerState> State { get; } = [];

        public List<List<int>> StateIndexRef { get; } = [];
    }
}
