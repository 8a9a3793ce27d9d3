using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Stochastic gradient descent with momentum. As in TorchSharp `maximize` turns only the final step round, so weight decay
/// turns with it; newer PyTorch turns the gradient alone.
/// </summary>
public partial class SGD : OptimizerHelper, optim.IMomentum
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        Setting.NotNegative(lr, "learning rate");
        Setting.NotNegative(momentum, "momentum value");
        Setting.NotNegative(weight_decay, "weight_decay value");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening", nameof(nesterov));
        Defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        AddAll(parameters);
    }

    public double Momentum
    {
        get => Own.momentum ?? 0;
        set => Own.momentum = value;
    }

    private Options Own => (Options)Defaults;

    private protected override void Complete(Modules.ParamGroup group)
    {
        var options = (Options)(group.Options ??= new Options());
        options.LearningRate ??= Own.LearningRate;
        options.momentum ??= Own.momentum;
        options.dampening ??= Own.dampening;
        options.weight_decay ??= Own.weight_decay;
        options.nesterov ??= Own.nesterov;
        options.maximize ??= Own.maximize;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Modules.ParamGroup group, Parameter[] parameters, OptimizerState[] states)
    {
        var options = (Options)group.Options!;
        var how = new Native.Sgd(group.LearningRate, options.momentum!.Value, options.dampening!.Value, options.weight_decay!.Value,
            options.nesterov!.Value ? 1 : 0, options.maximize!.Value ? 1 : 0);
        var fresh = new Flag[parameters.Length];
        for (var i = 0; i < fresh.Length && how.Momentum != 0; i++) fresh[i] = ((State)states[i]).Begin();
        using var weights = new Handles(parameters);
        using var buffers = new Handles(states.Select(s => ((State)s).momentum_buffer));
        Native.Check(Native.falw_sgd_step(weights.Pointers, weights.Count, buffers.Pointers, fresh, how));
    }
}
