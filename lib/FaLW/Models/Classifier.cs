using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaLW.Models;

/// <summary>
/// A network with its weights: images in, logits out. Owns its tensors; nothing is shared with another
/// classifier. Not safe for use from two threads at once.
/// </summary>
public sealed class Classifier : IDisposable
{
    private const string Parallel = "module.";

    private readonly InputShape shape;

    static Classifier() => HostMemory.Keep();

    internal Classifier(Network network, InputShape shape, int classes, Module<Tensor, Tensor> module, Device device)
    {
        (Network, Classes, Device, this.shape) = (network, classes, device, shape);
        Module = module.to(device);
        foreach (var layer in Module.modules().OfType<BatchNorm>()) layer.register_forward_pre_hook(DemandSpread);
    }

    /// <summary>The layers, for code that needs hooks or its own walk over them.</summary>
    public Module<Tensor, Tensor> Module { get; }

    /// <summary>Which network this is.</summary>
    public Network Network { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>Where the weights are; images must be there too.</summary>
    public Device Device { get; }

    /// <summary>Rows of a forward pass without gradient: on a CPU as many as leave the maps of a layer in the cache, on a GPU enough to fill it.</summary>
    internal int EvaluationRows => Device.type == DeviceType.CUDA ? 512 : 32;

    /// <summary>The trained numbers, in the order of <see cref="State"/>; the same objects every time.</summary>
    public IEnumerable<Parameter> Parameters => Module.parameters();

    /// <summary>
    /// Everything a checkpoint holds under PyTorch's names: first the parameters, then the running
    /// statistics of batch normalisation. The tensors are the classifier's own; do not dispose them.
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        Module.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)).Concat(
            Module.named_buffers().Select(entry => (entry.name, entry.buffer)));

    /// <summary>The format of the convolutions; may change between any two calls.</summary>
    /// <exception cref="InvalidOperationException">bfloat16, and this processor has no units for it.</exception>
    public Precision Precision
    {
        get;
        set
        {
            if (value == Precision.BFloat16 && BFloat16Support.WhyNot(Device) is { } reason) throw new InvalidOperationException(BFloat16Support.Refusal(reason));
            field = value;
            foreach (var layer in Module.modules().OfType<Convolution>()) layer.Precision = value;
        }
    }

    /// <summary>
    /// Whether channels of one pixel lie side by side in memory: faster on most devices, equal up to
    /// rounding. Set it before an optimizer takes its first step, so that momentum gets the same order.
    /// </summary>
    public bool ChannelsLast
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            foreach (var layer in Module.modules().OfType<Convolution>()) layer.Arrange(value);
        }
    }

    /// <summary>One forward pass.</summary>
    /// <param name="images">float32 [n, channels, height, width], normalised, on <see cref="Device"/>.</param>
    /// <returns>float32 [n, <see cref="Classes"/>], before softmax.</returns>
    /// <exception cref="ArgumentException">The images have another shape than the network was made for.</exception>
    /// <exception cref="InvalidOperationException">In training mode a layer of batch normalisation gets one value per channel.</exception>
    public Tensor Logits(Tensor images)
    {
        if (!shape.Fits(images.shape))
            throw new ArgumentException($"This {Network.Name} was made for images of {shape}, but got a batch of {string.Join('x', images.shape)}; create it with the shape of the image set.", nameof(images));
        using var scope = NewDisposeScope();
        return Module.call(ChannelsLast ? Convolution.ChannelsLast(images) : images).MoveToOuterDisposeScope();
    }

    /// <summary>Training mode: batch normalisation uses and updates batch statistics, dropout drops.</summary>
    public void Train() => Module.train();

    /// <summary>Evaluation mode: batch normalisation uses its running statistics, dropout does nothing.</summary>
    public void Evaluate() => Module.eval();

    /// <summary>A classifier with the same weights, statistics, mode, precision and layout that shares nothing with this one.</summary>
    public Classifier Copy()
    {
        using var scope = NewDisposeScope();
        return Like(this, new Classifier(Network, shape, Classes, Network.Build(shape, Classes), Device));
    }

    /// <summary>
    /// A classifier with another number of logits and otherwise the same weights, statistics, mode, precision and
    /// layout. Logits that both have keep their weights; new ones start as in a fresh network of that seed.
    /// </summary>
    internal Classifier WithClasses(int classes, int seed) =>
        Like(this, Network.Create(shape.Channels, shape.Height, shape.Width, classes, seed, Device));

    /// <summary>Writes <see cref="State"/> as safetensors, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced, its folder must exist.</param>
    /// <exception cref="IOException">The file could not be written; the sentence says why.</exception>
    public void Save(string path) => Safetensors.Write(path, State);

    /// <summary>
    /// Takes the weights and statistics of a safetensors file; on any fault nothing is changed. As in PyTorch, other floating formats are converted, and counts of
    /// batches that a file does not have start at 0; the prefix that DataParallel puts before every name is taken off.
    /// </summary>
    /// <param name="path">A file of <see cref="Save"/> or of Python's safetensors with the same names and shapes.</param>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another network; the sentence says which.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        var state = State.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        var saved = Safetensors.Read(path, Device);
        var isParallel = saved.All(entry => entry.Name.StartsWith(Parallel, StringComparison.Ordinal)) && !state.Keys.Any(name => name.StartsWith(Parallel, StringComparison.Ordinal));
        var own = saved.ToDictionary(entry => isParallel ? entry.Name[Parallel.Length..] : entry.Name, entry => entry.Value, StringComparer.Ordinal);
        foreach (var (name, count) in state.Where(entry => entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))) own.TryAdd(name, zeros_like(count));
        DemandFit(path, state, own);
        Take(own);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Module.Dispose();

    // Python's torch refuses this too; here nothing would, and the running variance would become NaN.
    private static Tensor DemandSpread(Module<Tensor, Tensor> layer, Tensor input) => layer.training && input.numel() == input.shape[1]
        ? throw new InvalidOperationException("Batch normalisation cannot be trained on one value per channel: it has no spread. Give it batches of at least 2 images, or larger images.")
        : input;

    private static Classifier Like(Classifier model, Classifier other)
    {
        (other.ChannelsLast, other.Precision) = (model.ChannelsLast, model.Precision);
        other.Module.train(model.Module.training);
        other.Take(model.State.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal));
        return other;
    }

    // Whole tensors, or the first rows where only the number of rows differs.
    private void Take(Dictionary<string, Tensor> values)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in State)
        {
            var from = values[name];
            var rows = value.dim() == 0 ? 0 : Math.Min(value.shape[0], from.shape[0]);
            if (rows == 0) value.copy_(from);
            else value.narrow(0, 0, rows).copy_(from.narrow(0, 0, rows));
        }
    }

    private void DemandFit(string path, Dictionary<string, Tensor> expected, Dictionary<string, Tensor> found)
    {
        static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
        // As it will be kept: what float64 holds may be infinite in float32.
        static bool IsFinite(Tensor value, ScalarType kept)
        {
            using var scope = NewDisposeScope();
            return value.to_type(kept).isfinite().all().item<bool>();
        }
        static bool Fits(Tensor from, Tensor to) => from.shape.SequenceEqual(to.shape) && (from.dtype == to.dtype || (from.is_floating_point() && to.is_floating_point()));
        var unknown = found.Keys.Except(expected.Keys).ToArray();
        string[] faults =
        [
            .. Some("it lacks", expected.Keys.Except(found.Keys)), .. Some("it has the unknown", unknown),
            .. Some("values are not finite in", found.Where(entry => expected.TryGetValue(entry.Key, out var own) && !IsFinite(entry.Value, own.dtype)).Select(entry => entry.Key)),
            .. Some("in it", expected.Where(entry => found.TryGetValue(entry.Key, out var tensor) && !Fits(tensor, entry.Value))
                .Select(entry => $"{entry.Key} is {Describe(found[entry.Key])} instead of {Describe(entry.Value)}")),
        ];
        if (faults.Length == 0) return;
        var normalising = unknown.Where(name => name.StartsWith("normalize.", StringComparison.Ordinal)).ToArray();
        throw new InvalidDataException(Invariant($"The checkpoint {path} does not fit {Network.Name} with {Classes} classes: {string.Join("; ", faults)}. ") + (normalising.Length == 0
            ? "Load it into the network it was saved from, or train again."
            : $"Its network normalises the images itself, by {string.Join(", ", normalising.Select(name => $"{name} {Numbers(found[name])}"))}, and here they come normalised by Mean and Deviation of their Benchmark: where these are the same numbers, "
                + "save it again in Python without them, {k: v for k, v in weights.items() if not k.startswith(\"normalize.\")}."));
    }

    private static string Numbers(Tensor tensor) =>
        string.Join(" ", tensor.flatten().to_type(float64).cpu().data<double>().Select(value => Invariant($"{value:0.####}")));

    private static string[] Some(string lead, IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length == 0 ? [] : [$"{lead} {string.Join(", ", all.Take(3))}{(all.Length > 3 ? Invariant($" and {all.Length - 3} more") : "")}"];
    }
}
