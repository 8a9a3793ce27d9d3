using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share, which is all but where the weight decay acts.</summary>
public abstract partial class AdamBase : OptimizerHelper, optim.IBetas
{
    private readonly bool decoupled;

    private protected AdamBase(IEnumerable<ParamGroup> parameters, Options options, bool decoupled)
    {
        this.decoupled = decoupled;
        Defaults = options;
        AddAll(parameters);
    }

    public (double, double) Betas
    {
        get => (Own.beta1 ?? 0, Own.beta2 ?? 0);
        set => (Own.beta1, Own.beta2) = value;
    }

    private Options Own => (Options)Defaults;

    private protected override void Complete(ParamGroup group)
    {
        var options = (Options)(group.Options ??= new Options());
        options.LearningRate ??= Own.LearningRate;
        options.beta1 ??= Own.beta1;
        options.beta2 ??= Own.beta2;
        options.eps ??= Own.eps;
        options.weight_decay ??= Own.weight_decay;
        options.amsgrad ??= Own.amsgrad;
        options.maximize ??= Own.maximize;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(ParamGroup group, Parameter[] parameters, OptimizerState[] states)
    {
        var options = (Options)group.Options!;
        var own = Array.ConvertAll(states, state => (State)state);
        var how = new Native.Adam(group.LearningRate, options.beta1!.Value, options.beta2!.Value, options.eps!.Value,
            options.weight_decay!.Value, options.maximize!.Value ? 1 : 0, decoupled ? 1 : 0);
        var steps = Array.ConvertAll(own, state => state.step);
        using var weights = new Handles(parameters);
        using var means = new Handles(own.Select(state => state.exp_avg));
        using var squares = new Handles(own.Select(state => state.exp_avg_sq));
        using var peaks = new Handles(own.Select(state => state.max_exp_avg_sq));
        Native.Check(Native.falw_adam_step(
            weights.Pointers, weights.Count, means.Pointers, squares.Pointers, peaks.Pointers, steps, how));
        for (var i = 0; i < steps.Length; i++) own[i].step = steps[i];
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        private Tensor? mean;
        private Tensor? square;
        private Tensor? peak;

        public long step { get; set; }

        public Tensor? exp_avg
        {
            get => mean;
            set => Keep(ref mean, value);
        }

        public Tensor? exp_avg_sq
        {
            get => square;
            set => Keep(ref square, value);
        }

        public Tensor? max_exp_avg_sq
        {
            get => peak;
            set => Keep(ref peak, value);
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            exp_avg = zeros_like(_parameter);
            exp_avg_sq = zeros_like(_parameter);
            max_exp_avg_sq = ((Options)options).amsgrad == true ? zeros_like(_parameter) : null;
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            exp_avg = from.exp_avg?.to(_parameter.device, copy: true);
            exp_avg_sq = from.exp_avg_sq?.to(_parameter.device, copy: true);
            max_exp_avg_sq = from.max_exp_avg_sq?.to(_parameter.device, copy: true);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State theirs && step == theirs.step && Near(exp_avg, theirs.exp_avg) &&
            Near(exp_avg_sq, theirs.exp_avg_sq) && Near(max_exp_avg_sq, theirs.max_exp_avg_sq);

        public override void to(Device device)
        {
            exp_avg = exp_avg?.to(device);
            exp_avg_sq = exp_avg_sq?.to(device);
            max_exp_avg_sq = max_exp_avg_sq?.to(device);
        }

        protected override void Dispose(bool disposing) => exp_avg = exp_avg_sq = max_exp_avg_sq = null;

        private static bool Near(Tensor? left, Tensor? right) =>
            left is null ? right is null : right is not null && left.allclose(right);
    }
}
