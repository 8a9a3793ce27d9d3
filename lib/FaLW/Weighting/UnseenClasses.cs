using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>
/// Which unseen sample belongs to which class, prepared once: every later profile is one matrix product,
/// in double precision (equal probabilities then have a spread of exactly zero), with a fixed order of
/// additions on every device, and without waiting for the device.
/// </summary>
public sealed class UnseenClasses : IDisposable
{
    private readonly Tensor membership;
    private readonly Tensor counts;
    private readonly Tensor slots;
    private readonly long most;

    /// <summary>Counts the samples of each class.</summary>
    /// <param name="labels">int64 [n], 0 to classes - 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="InvalidOperationException">A class has no sample.</exception>
    public UnseenClasses(Tensor labels, int classes)
    {
        using var scope = NewDisposeScope();
        var ids = arange(classes, dtype: int64, device: labels.device).unsqueeze(1);
        var member = ids.eq(labels.unsqueeze(0)).to_type(float64);
        var perClass = member.sum(1);
        var sizes = perClass.cpu().data<double>().ToArray();
        Demand(sizes);
        most = (long)sizes.Max();
        // Where each sample stands in a table of one row per class.
        slots = (labels * most + member.cumsum(1).gather(0, labels.unsqueeze(0)).squeeze(0).to_type(int64) - 1).DetachFromDisposeScope();
        (membership, counts) = (member.DetachFromDisposeScope(), perClass.DetachFromDisposeScope());
    }

    /// <summary>How the samples of each class lie.</summary>
    /// <param name="trueClassProbability">[n], in the order of the labels given before.</param>
    /// <param name="spread">How distances are to be counted.</param>
    /// <returns>In the caller's dispose scope.</returns>
    public UnseenLaw Law(Tensor trueClassProbability, Spread spread) => spread switch
    {
        Spread.Quantile => Ranks(trueClassProbability),
        Spread.GaussianOfLogit => OfLogit(trueClassProbability),
        _ => Profile(trueClassProbability),
    };

    /// <summary>Mean and spread of each class.</summary>
    /// <param name="trueClassProbability">[n], in the order of the labels given before.</param>
    /// <returns>A profile in the caller's dispose scope.</returns>
    public UnseenProfile Profile(Tensor trueClassProbability)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var probability = trueClassProbability.to_type(float64);
        var moments = membership.mm(stack([probability, probability * probability], 1)) / counts.unsqueeze(1);
        var mean = moments.select(1, 0);
        var spread = (moments.select(1, 1) - mean * mean).clamp(min: 0).sqrt().clamp(min: UnseenProfile.Floor);
        return new UnseenProfile(mean.to_type(float32).MoveToOuterDisposeScope(), spread.to_type(float32).MoveToOuterDisposeScope());
    }

    /// <summary>Frees the prepared matrix.</summary>
    public void Dispose()
    {
        membership.Dispose();
        counts.Dispose();
        slots.Dispose();
    }

    private UnseenProfile OfLogit(Tensor trueClassProbability)
    {
        using var noGradient = no_grad();
        using var logit = UnseenProfile.Logit(trueClassProbability);
        return Profile(logit) with { OfLogit = true };
    }

    private UnseenRanks Ranks(Tensor trueClassProbability)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var classes = counts.shape[0];
        var table = full(classes * most, UnseenRanks.Filler, dtype: trueClassProbability.dtype, device: trueClassProbability.device)
            .scatter_(0, slots, trueClassProbability).view(classes, most);
        return new UnseenRanks(table.MoveToOuterDisposeScope(), counts.clone().MoveToOuterDisposeScope());
    }

    private static void Demand(double[] counts)
    {
        int[] empty = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] == 0)];
        if (empty.Length > 0)
            throw new InvalidOperationException(
                $"The profile of unseen data needs at least one unseen sample of every class, but class {string.Join(", ", empty)} has none; raise the unseen share.");
    }
}
