using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <content>What a group may set.</content>
public abstract partial class AdamBase
{
    public class Options : OptimizerOptions
    {
        public double? beta1 { get; set; }

        public double? beta2 { get; set; }

        public double? eps { get; set; }

        public double? weight_decay { get; set; }

        public bool? amsgrad { get; set; }

        public bool? maximize { get; set; }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            (beta1, beta2, eps, weight_decay) = (from.beta1, from.beta2, from.eps, from.weight_decay);
            (amsgrad, maximize) = (from.amsgrad, from.maximize);
        }

        internal static Options Of(
            double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            Setting.NotNegative(lr, "learning rate");
            Setting.NotNegative(eps, "eps");
            Setting.NotNegative(weight_decay, "weight_decay value");
            Setting.Share(beta1, "beta1");
            Setting.Share(beta2, "beta2");
            return new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
        }
    }
}

/// <summary>A group of Adam or AdamW.</summary>
public abstract class AdamGroup : ParamGroup<AdamBase.Options>, optim.IBetas
{
    private protected AdamGroup() { }

    private protected AdamGroup(IEnumerable<Parameter> parameters, AdamBase.Options options) : base(parameters, options) { }

    public (double, double) Betas
    {
        get => (Options.beta1 ?? 0, Options.beta2 ?? 0);
        set => (Options.beta1, Options.beta2) = value;
    }
}
