using FaLW.Data;

namespace FaLW.Metrics;

/// <summary>
/// What an attacker learns from: true-class probabilities of known members and known non-members, as many
/// of one as of the other in every class, so that neither class frequency nor class difficulty betrays
/// membership. A class with no member or no non-member left takes no part.
/// </summary>
/// <param name="Members">Drawn from the retain set.</param>
/// <param name="NonMembers">Drawn from the test set; all of it where every class retains enough samples.</param>
internal sealed record ShadowSets(float[] Members, float[] NonMembers)
{
    /// <summary>Draws both sets.</summary>
    /// <param name="retain">Predictions on the retain set.</param>
    /// <param name="test">Predictions on the test set.</param>
    /// <param name="seed">Seed of the draw; zero is a seed.</param>
    /// <exception cref="Fault">No class has both a retained and a test sample.</exception>
    public static ShadowSets Draw(Prediction retain, Prediction test, int seed)
    {
        var members = ByClass(retain, seed, "shadow members");
        var nonMembers = ByClass(test, seed, "shadow non-members");
        var shared = members.Keys.Intersect(nonMembers.Keys).Order().ToList();
        if (shared.Count == 0)
            throw new Fault("The membership attack needs a class with both retained and test images, but there is none; forget less or lower the cap.");
        return new ShadowSets(
            [.. shared.SelectMany(k => members[k].Take(nonMembers[k].Length))],
            [.. shared.SelectMany(k => nonMembers[k].Take(members[k].Length))]);
    }

    private static Dictionary<int, float[]> ByClass(Prediction prediction, int seed, string purpose) =>
        prediction.Labels.Zip(prediction.TrueClassProbability).GroupBy(sample => sample.First)
            .ToDictionary(group => group.Key, group => Shuffled([.. group.Select(sample => sample.Second)], seed, FormattableString.Invariant($"{purpose} of class {group.Key}")));

    private static float[] Shuffled(float[] values, int seed, string purpose)
    {
        new SeededStream(seed, purpose).Shuffle<float>(values);
        return values;
    }
}
