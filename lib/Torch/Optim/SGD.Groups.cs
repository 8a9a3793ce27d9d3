using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <content>What it remembers and what a group may set.</content>
public partial class SGD
{
    public sealed class State(Parameter parameter) : OptimizerState(parameter)
    {
        private Tensor? buffer;

        public Tensor? momentum_buffer
        {
            get => buffer;
            set => Keep(ref buffer, value);
        }

        public override void Initialize(OptimizerOptions options) => momentum_buffer = null;

        public override void LoadStateDict(OptimizerState source) =>
            momentum_buffer = ((State)source).momentum_buffer?.to(_parameter.device, copy: true);

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State { momentum_buffer: var theirs } &&
            (momentum_buffer is null ? theirs is null : theirs is not null && momentum_buffer.allclose(theirs));

        public override void to(Device device) => momentum_buffer = momentum_buffer?.to(device);

        /// <summary>Makes room for the momentum when the first gradient is there; tells whether it was just made.</summary>
        internal bool Begin()
        {
            if (momentum_buffer is not null) return false;
            using var gradient = _parameter.grad;
            if (gradient is null) return false;
            momentum_buffer = empty_like(gradient);
            return true;
        }

        protected override void Dispose(bool disposing) => momentum_buffer = null;
    }

    public class Options : OptimizerOptions
    {
        public double? momentum { get; set; }

        public double? dampening { get; set; }

        public double? weight_decay { get; set; }

        public bool? nesterov { get; set; }

        public bool? maximize { get; set; }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            (momentum, dampening, weight_decay) = (from.momentum, from.dampening, from.weight_decay);
            (nesterov, maximize) = (from.nesterov, from.maximize);
        }
    }

    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        public double Momentum
        {
            get => Options.momentum ?? 0;
            set => Options.momentum = value;
        }
    }
}
