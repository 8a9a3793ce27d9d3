using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace FaLW.Tests.Parity;

/// <summary>The schedules of rates.py under their names.</summary>
internal static class Optimizers
{
    public static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> Schedules = new(StringComparer.Ordinal)
    {
        ["StepLR"] = o => StepLR(o, 4, gamma: 0.5),
        ["MultiStepLR"] = o => MultiStepLR(o, [3, 7, 12], gamma: 0.3),
        ["CosineAnnealingLR"] = o => CosineAnnealingLR(o, 12, eta_min: 0.001),
        ["CosineAnnealingLR whole"] = o => CosineAnnealingLR(o, 20),
        ["LinearLR"] = o => LinearLR(o, start_factor: 0.25, total_iters: 8),
        ["LambdaLR"] = o => LambdaLR(o, epoch => Math.Pow(0.95, epoch)),
        ["ExponentialLR"] = o => ExponentialLR(o, 0.9),
        ["ConstantLR"] = o => ConstantLR(o, factor: 0.5, total_iters: 6),
        ["SequentialLR"] = o => SequentialLR(o, [LinearLR(o, 0.1, total_iters: 5), CosineAnnealingLR(o, 15)], [5]),
        ["OneCycleLR"] = o => OneCycleLR(o, 0.4, total_steps: 20),
        ["OneCycleLR linear"] = o => OneCycleLR(o, 0.4, epochs: 4, steps_per_epoch: 5, pct_start: 0.25,
            anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, div_factor: 10, final_div_factor: 100),
        ["OneCycleLR three phases"] = o => OneCycleLR(o, 0.4, total_steps: 20, three_phase: true, base_momentum: 0.8),
    };

    /// <summary>Two groups with learning rates 0.1 and 0.02, momentum 0.9.</summary>
    public static SGD TwoGroups() => optim.SGD(
        [new SGD.ParamGroup([One()], lr: 0.1, momentum: 0.9), new SGD.ParamGroup([One()], lr: 0.02, momentum: 0.9)], 0.1, momentum: 0.9);

    private static Parameter One() => new(zeros(1));
}
