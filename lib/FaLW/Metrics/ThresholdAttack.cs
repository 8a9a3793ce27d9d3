using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// The simplest attack: a sample is taken for a member when its value is at least the threshold that
/// separates known members from known non-members best (Yeom et al. 2018, on confidence).
/// </summary>
/// <param name="Threshold">Values from here on are taken for members.</param>
/// <param name="Accuracy">Share of the known samples on the right side, in percent.</param>
public sealed record ThresholdAttack(double Threshold, double Accuracy)
{
    /// <summary>The exact best threshold; of several equally good ones the lowest.</summary>
    /// <param name="members">Values of known members, at least one.</param>
    /// <param name="nonMembers">Values of known non-members, at least one.</param>
    /// <exception cref="Fault">There is no member or no non-member, or a value is not finite.</exception>
    public static ThresholdAttack Fit(IReadOnlyList<float> members, IReadOnlyList<float> nonMembers)
    {
        Demand.Some(Math.Min(members.Count, nonMembers.Count), "Values of known members and of known non-members");
        Demand.Finite([.. members, .. nonMembers], "Values of known samples");
        var groups = members.Select(value => (value, vote: 1)).Concat(nonMembers.Select(value => (value, vote: -1)))
            .GroupBy(sample => sample.value, (value, samples) => (value, vote: samples.Sum(s => s.vote)))
            .OrderBy(group => group.value).ToList();
        var right = members.Count;
        var (best, threshold) = (right, (double)groups[0].value);
        for (var i = 0; i < groups.Count; i++)
        {
            right -= groups[i].vote;
            if (right <= best) continue;
            best = right;
            threshold = i + 1 < groups.Count ? groups[i + 1].value : double.PositiveInfinity;
        }

        return new ThresholdAttack(threshold, 100.0 * best / (members.Count + nonMembers.Count));
    }

    /// <summary>Whether the attack takes a value for a member.</summary>
    /// <param name="value">The value of one sample.</param>
    /// <exception cref="Fault">The value or the threshold is NaN, which is on neither side.</exception>
    public bool IsMember(double value) => double.IsNaN(value) || double.IsNaN(Threshold)
        ? throw new Fault("An attack was asked about a sample whose value is not a number; a NaN lies on neither side of a threshold.")
        : value >= Threshold;
}
