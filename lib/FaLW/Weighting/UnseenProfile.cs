using static TorchSharp.torch;

namespace FaLW.Weighting;

/// <summary>How the distance of a probability from those of unseen samples of its class is counted.</summary>
public enum Spread
{
    /// <summary>In standard deviations of the probability: the paper's, which takes a normal law on 0 to 1.</summary>
    Gaussian,

    /// <summary>In standard deviations of the logit of the probability, which is not bounded (ours).</summary>
    GaussianOfLogit,

    /// <summary>As the normal score of the rank among the unseen samples: no law is assumed (ours).</summary>
    Quantile,
}

/// <summary>How the true-class probability of unseen samples lies, class by class, under the model as it is now.</summary>
internal abstract record UnseenLaw
{
    /// <summary>Its tensors, for whoever keeps it across steps.</summary>
    public abstract IEnumerable<Tensor> Parts { get; }

    /// <summary>How far each sample lies from the unseen ones of its class, as if these were standard normal; positive is under-forgotten.</summary>
    public abstract Tensor ZScore(Tensor probability, Tensor labels);
}

/// <summary>
/// Mean and spread of the true-class probability on unseen data (mu_c and sigma_c of FaLW, arXiv 2601.18650, Section 4; population
/// standard deviation, never below <see cref="Floor"/>), float32 [classes] both, or those of its logit.
/// </summary>
internal sealed record UnseenProfile(Tensor Mean, Tensor Spread, bool OfLogit = false) : UnseenLaw
{
    /// <summary>Smallest spread: a class whose unseen samples all agree still divides by something.</summary>
    public const double Floor = 1e-8;

    // A logit beyond 13.8 is rounding: float32 has no probability between 1 - 6e-8 and 1.
    private const double Edge = 1e-6;

    public override IEnumerable<Tensor> Parts => [Mean, Spread];

    public static UnseenProfile Of(Tensor trueClassProbability, Tensor labels, int classes)
    {
        using var unseen = new UnseenClasses(labels, classes);
        return unseen.Profile(trueClassProbability);
    }

    public override Tensor ZScore(Tensor probability, Tensor labels) =>
        ((OfLogit ? Logit(probability) : probability) - Mean.index_select(0, labels)) / Spread.index_select(0, labels);

    public static Tensor Logit(Tensor probability) => probability.logit(Edge);
}

/// <summary>
/// The unseen probabilities themselves, one row per class, shorter ones filled up. A probability with rank r among the m unseen ones of
/// its class (ties count half) lies at the quantile u = (r + 1/2) / (m + 1), and its z-score is the standard normal quantile
/// of u: 0 at the median, at most that of (m + 1/2) / (m + 1) above all of them, 2.06 for 50.
/// </summary>
internal sealed record UnseenRanks(Tensor Values, Tensor Counts) : UnseenLaw
{
    /// <summary>Above every probability, so that it never counts.</summary>
    public const double Filler = 2;

    public override IEnumerable<Tensor> Parts => [Values, Counts];

    public override Tensor ZScore(Tensor probability, Tensor labels)
    {
        var (unseen, own) = (Values.index_select(0, labels), probability.unsqueeze(1));
        var rank = unseen.lt(own).to_type(float64).sum(1) + unseen.eq(own).to_type(float64).sum(1) * 0.5;
        return special.ndtri((rank + 0.5) / (Counts.index_select(0, labels) + 1)).to_type(probability.dtype);
    }
}

/// <summary>
/// Which unseen sample belongs to which class, prepared once: every later profile is one matrix product,
/// in double precision (equal probabilities then have a spread of exactly zero), with a fixed order of
/// additions on every device, and without waiting for the device.
/// </summary>
internal sealed class UnseenClasses : IDisposable
{
    private readonly Tensor membership, counts, slots;
    private readonly long most;

    public UnseenClasses(Tensor labels, int classes)
    {
        using var scope = NewDisposeScope();
        var ids = arange(classes, dtype: int64, device: labels.device).unsqueeze(1);
        var member = ids.eq(labels.unsqueeze(0)).to_type(float64);
        var perClass = member.sum(1);
        var sizes = perClass.cpu().data<double>().ToArray();
        if (string.Join(", ", sizes.Index().Where(size => size.Item == 0).Select(size => size.Index)) is { Length: > 0 } empty)
            throw new InvalidOperationException(
                $"The profile of unseen data needs at least one unseen sample of every class, but class {empty} has none; raise the unseen share.");
        most = (long)sizes.Max();
        // Where each sample stands in a table of one row per class.
        slots = (labels * most + member.cumsum(1).gather(0, labels.unsqueeze(0)).squeeze(0).to_type(int64) - 1).DetachFromDisposeScope();
        (membership, counts) = (member.DetachFromDisposeScope(), perClass.DetachFromDisposeScope());
    }

    /// <summary>How the samples of each class lie, in the caller's dispose scope.</summary>
    /// <param name="probability">[n], of the true class, in the order of the labels given before; no gradient flows into what comes of it.</param>
    /// <param name="spread">How distances are to be counted.</param>
    public UnseenLaw Law(Tensor probability, Spread spread) => spread switch
    {
        Spread.Quantile => Ranks(probability),
        Spread.GaussianOfLogit => Profile(UnseenProfile.Logit(probability)) with { OfLogit = true },
        _ => Profile(probability),
    };

    public UnseenProfile Profile(Tensor value)
    {
        using var noGradient = no_grad();
        var exact = value.to_type(float64);
        var moments = membership.mm(stack([exact, exact * exact], 1)) / counts.unsqueeze(1);
        var mean = moments.select(1, 0);
        var spread = (moments.select(1, 1) - mean * mean).clamp(min: 0).sqrt().clamp(min: UnseenProfile.Floor);
        return new UnseenProfile(mean.to_type(float32), spread.to_type(float32));
    }

    public void Dispose() => Owned.Release(membership, counts, slots);

    private UnseenRanks Ranks(Tensor probability)
    {
        using var noGradient = no_grad();
        var classes = counts.shape[0];
        var table = full(classes * most, UnseenRanks.Filler, dtype: probability.dtype, device: probability.device)
            .scatter_(0, slots, probability).view(classes, most);
        return new UnseenRanks(table, counts.clone());
    }
}
