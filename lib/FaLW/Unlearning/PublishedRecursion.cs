using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// k_0 = v, o_0 = s_0; then for every further sample gradient s_t: d = &lt;o, s_t&gt;,
/// k = k - &lt;k, s_t&gt; / (N + d) o, o = o - d / (N + d) o (OPTML-Group/Unlearn-Sparse, "WoodFisher"). Lives in the dispose
/// scope in which it was made.
/// </summary>
/// <param name="direction">v, one tensor per parameter.</param>
/// <param name="count">N.</param>
internal sealed class PublishedRecursion(IReadOnlyList<Tensor> direction, int count)
{
    private readonly Tensor result = cat([.. direction.Select(part => part.flatten())]);
    private readonly Tensor helper = cat([.. direction.Select(part => part.flatten())]);
    private bool started;

    /// <summary>k as it is now, one tensor per parameter.</summary>
    public IReadOnlyList<Tensor> Result
    {
        get
        {
            var start = 0L;
            List<Tensor> parts = [];
            foreach (var part in direction)
            {
                parts.Add(result.narrow(0, start, part.numel()).view(part.shape));
                start += part.numel();
            }

            return parts;
        }
    }

    /// <summary>Takes the gradient of the next sample.</summary>
    public void Take(IReadOnlyList<Tensor?> gradients)
    {
        using var scope = NewDisposeScope();
        var sample = cat([.. gradients.Zip(direction, (gradient, part) => (gradient ?? zeros_like(part)).flatten())]);
        if (!started)
        {
            helper.copy_(sample);
            started = true;
            return;
        }

        var along = helper.dot(sample);
        var total = along + count;
        result.sub_(helper * (result.dot(sample) / total));
        helper.sub_(helper * (along / total));
    }
}
