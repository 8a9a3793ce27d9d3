using System.Text.Json.Serialization;

namespace FaLW.Unlearning;

/// <summary>In which order random-label methods see forget and retain samples.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabelOrder>))]
public enum LabelOrder
{
    /// <summary>Both shuffled into the same batches: SalUn's code for CIFAR-100 and Tiny-ImageNet, and FaLW's Algorithm 1.</summary>
    Mixed,

    /// <summary>In every epoch first all forget samples, then all retain samples: SalUn's code for CIFAR-10 and SVHN.</summary>
    Sequential,
}

/// <summary>How often random labels are drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabelDraw>))]
public enum LabelDraw
{
    /// <summary>Once: a forget sample keeps its random label for the whole run.</summary>
    Run,

    /// <summary>Anew in every epoch, in the order of the forget list.</summary>
    Epoch,

    /// <summary>
    /// Anew in every batch, in training order. A forget sample occurs once an epoch here, so this has the
    /// distribution of <see cref="Epoch"/>; it exists to be named where a reference does it.
    /// </summary>
    Batch,
}
