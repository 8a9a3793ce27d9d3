using FaLW.Data;
using FaLW.Experiments;
using FaLW.Unlearning;

namespace FaLW.Studies;

/// <summary>What every method of a study gets alike: epochs, batch, augmentation.</summary>
internal sealed record Budget(int Epochs, int Batch, Augmentation Augmentation)
{
    // Channels-last is a matter of speed alone: a third faster on a processor, equal up to rounding.
    private bool ChannelsLast { get; init; }

    // For a method that counts steps: about as many as the others take where images are few, its own where they are not.
    private int? Iterations { get; init; }

    /// <summary>
    /// The budget at a scale. Small models were trained without augmentation, so they unlearn without; at paper scale it is that of
    /// SalUn's code.
    /// </summary>
    public static Budget At(Scale scale) => scale.Name switch
    {
        "smoke" => new Budget(3, 64, Augmentation.None) { Iterations = 50 },
        "class" => new Budget(10, 64, Augmentation.None) { ChannelsLast = true, Iterations = 150 },
        "small" => new Budget(5, 256, Augmentation.None) { ChannelsLast = true, Iterations = 150 },
        _ => new Budget(10, 256, Augmentation.CropFlip),
    };

    /// <summary>SFRon under this budget, which counts steps instead of epochs.</summary>
    public SFRon InSteps(SFRon method) =>
        method with { Iterations = Iterations ?? method.Iterations, Augmentation = Augmentation, ChannelsLast = ChannelsLast };

    /// <summary>The method under this budget; its own settings stay.</summary>
    public T On<T>(T method) where T : GradientUnlearner =>
        (T)((GradientUnlearner)method with { Epochs = Epochs, BatchSize = Batch, Augmentation = Augmentation, ChannelsLast = ChannelsLast });
}
