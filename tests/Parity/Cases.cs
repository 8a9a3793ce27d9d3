using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;
using Inputs = System.Collections.Generic.IReadOnlyDictionary<string, TorchSharp.torch.Tensor>;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace FaLW.Tests.Parity;

/// <summary>The cases of cases.py under their names.</summary>
internal static class Cases
{
    public static readonly Dictionary<string, Func<Layer>> Layers = new(StringComparer.Ordinal)
    {
        ["Conv2d"] = () => Conv2d(3, 4, 3),
        ["Conv2d stride 2, padding 1, no bias"] = () => Conv2d(3, 4, 3, stride: 2, padding: 1, bias: false),
        ["Conv2d dilation 2"] = () => Conv2d(3, 2, 3, dilation: 2),
        ["Conv2d groups 3"] = () => Conv2d(3, 6, 3, groups: 3),
        ["Conv2d padding same"] = () => Conv2d(3, 2, 3, TorchSharp.Padding.Same),
        ["Conv2d reflect"] = () => Conv2d(3, 2, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Reflect),
        ["Conv2d (3, 1) by (1, 2)"] = () => Conv2d(3, 2, (3, 1), stride: (1, 2), padding: (1, 0)),
        ["Linear"] = () => Linear(6, 3),
        ["Linear no bias"] = () => Linear(6, 3, hasBias: false),
        ["BatchNorm2d"] = () => BatchNorm2d(3),
        ["BatchNorm2d momentum 0.3, eps 0.001"] = () => BatchNorm2d(3, eps: 1e-3, momentum: 0.3),
        ["BatchNorm2d not affine"] = () => BatchNorm2d(3, affine: false),
        ["BatchNorm2d no statistics"] = () => BatchNorm2d(3, track_running_stats: false),
        ["BatchNorm2d evaluation"] = () => BatchNorm2d(3),
        ["BatchNorm1d"] = () => BatchNorm1d(6),
        ["MaxPool2d"] = () => MaxPool2d(2),
        ["MaxPool2d 3, stride 2, padding 1, ceil"] = () => MaxPool2d(3, 2, 1, ceil_mode: true),
        ["AvgPool2d"] = () => AvgPool2d(2),
        ["AvgPool2d 3, padding 1, not counted"] = () => AvgPool2d(3, 2, 1, count_include_pad: false),
        ["AdaptiveAvgPool2d 1"] = () => AdaptiveAvgPool2d(1),
        ["AdaptiveAvgPool2d (3, 2)"] = () => AdaptiveAvgPool2d((3, 2)),
        ["ReLU"] = () => ReLU(),
        ["Tanh"] = () => Tanh(),
        ["Sigmoid"] = () => Sigmoid(),
        ["Softmax"] = () => Softmax(1),
        ["LogSoftmax"] = () => LogSoftmax(1),
        ["Identity"] = () => Identity(),
        ["GELU"] = () => GELU(),
        ["SiLU"] = () => SiLU(),
        ["LeakyReLU"] = () => LeakyReLU(0.2),
        ["Dropout evaluation"] = () => Dropout(0.5),
        ["Flatten"] = () => Flatten(),
        ["Sequential"] = () => Sequential(
            Conv2d(3, 4, 3, padding: 1), BatchNorm2d(4), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(4, 3)),
    };

    public static readonly Dictionary<string, Func<Inputs, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["cross_entropy weighted"] = t => F.cross_entropy(t["x"], Target(), weight: Weight()),
        ["cross_entropy smoothed"] = t => F.cross_entropy(t["x"], Target(), label_smoothing: 0.1),
        ["cross_entropy ignoring"] = t => F.cross_entropy(t["x"], Ignored(-100)),
        ["cross_entropy of probabilities"] = t => F.cross_entropy(t["x"], F.softmax(t["y"], 1)),
        ["nll_loss weighted"] = t => F.nll_loss(F.log_softmax(t["x"], 1), Target(), weight: Weight()),
        ["kl_div of probabilities"] = t => F.kl_div(
            F.log_softmax(t["x"], 1), F.softmax(t["y"], 1), log_target: false, reduction: Reduction.Sum),
        ["binary_cross_entropy_with_logits weighted"] = t => F.binary_cross_entropy_with_logits(
            t["x"], t["y"].sigmoid(), weight: Weight(), pos_weights: Weight() + 1),
        ["l1_loss"] = t => F.l1_loss(t["x"], t["y"]),
        ["smooth_l1_loss"] = t => F.smooth_l1_loss(t["x"], t["y"], beta: 0.5),
        ["pad constant"] = t => F.pad(t["x"], (1, 2, 0, 1)),
        ["pad reflect"] = t => F.pad(t["x"], (1, 2, 0, 1), TorchSharp.PaddingModes.Reflect),
        ["pad replicate"] = t => F.pad(t["x"], [1, 2, 0, 1], TorchSharp.PaddingModes.Replicate),
        ["pad circular"] = t => F.pad(t["x"], [1, 2, 0, 1], TorchSharp.PaddingModes.Circular),
        ["pad value"] = t => F.pad(t["x"], (1, 0), value: 0.5),
        ["normalize"] = t => F.normalize(t["x"]),
        ["one_hot"] = t => t["x"] * F.one_hot(Target(), 4),
        ["layer_norm"] = t => F.layer_norm(t["x"], [6], t["w"], t["b"]),
    };

    static Cases()
    {
        foreach (var (word, how) in new[] { ("none", Reduction.None), ("mean", Reduction.Mean), ("sum", Reduction.Sum) })
        {
            Functions["cross_entropy " + word] = t => F.cross_entropy(t["x"], Target(), reduction: how);
            Functions["mse_loss " + word] = t => F.mse_loss(t["x"], t["y"], how);
            Functions["nll_loss " + word] = t => F.nll_loss(F.log_softmax(t["x"], 1), Target(), reduction: how);
            Functions["kl_div " + word] = t => F.kl_div(F.log_softmax(t["x"], 1), F.log_softmax(t["y"], 1), reduction: how);
            Functions["binary_cross_entropy_with_logits " + word] =
                t => F.binary_cross_entropy_with_logits(t["x"], t["y"].sigmoid(), reduction: how);
        }
    }

    public static Tensor Target() => Portable.Labels(5, 4, 3);

    public static Tensor Weight() => Portable.Noise([4], 4, 0.5, 1.5);

    /// <summary>The targets with the second one to be left out.</summary>
    public static Tensor Ignored(long mark)
    {
        var labels = Target();
        labels[1] = tensor(mark, dtype: ScalarType.Int64);
        return labels;
    }
}
