using FaLW.Models;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>A model that others learn from: evaluation mode, weights that never move, no gradient reaches them.</summary>
internal sealed class Teacher : IDisposable
{
    private readonly Classifier model;

    private Teacher(Classifier model)
    {
        this.model = model;
        model.Evaluate();
        foreach (var parameter in model.Parameters) parameter.requires_grad_(false);
    }

    /// <summary>A copy of a model; the model itself, its mode included, stays as it is.</summary>
    /// <param name="model">The model to copy.</param>
    /// <param name="channelsLast">Layout of the copy.</param>
    public static Teacher Of(Classifier model, bool channelsLast)
    {
        var copy = model.Copy();
        copy.ChannelsLast = channelsLast;
        return new Teacher(copy);
    }

    /// <summary>An untrained network of the same kind.</summary>
    /// <param name="task">Whose network and images.</param>
    /// <param name="seed">Seed of its weights; zero is a seed.</param>
    /// <param name="channelsLast">Layout.</param>
    public static Teacher Untrained(UnlearningTask task, int seed, bool channelsLast)
    {
        var (original, form) = (task.Original, task.Images.Benchmark);
        var fresh = original.Network.Create(form.Channels, form.Height, form.Width, original.Classes, seed, original.Device);
        fresh.ChannelsLast = channelsLast;
        return new Teacher(fresh);
    }

    /// <summary>What it says, with a gradient only to the images where they ask for one.</summary>
    /// <param name="images">float32 [n, C, H, W].</param>
    /// <returns>float32 [n, classes].</returns>
    public Tensor Logits(Tensor images) => model.Logits(images);

    public void Dispose() => model.Dispose();
}
