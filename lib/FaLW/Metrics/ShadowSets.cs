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
        var classes = PerClass(new Signal(retain.TrueClassProbability, retain.Labels), new Signal(test.TrueClassProbability, test.Labels), seed);
        return new ShadowSets([.. classes.Values.SelectMany(part => part.Members)], [.. classes.Values.SelectMany(part => part.NonMembers)]);
    }

    /// <summary>The same draw, class by class in ascending order; a class without members or without non-members is left out.</summary>
    /// <param name="retain">One number per retain sample.</param>
    /// <param name="test">One number per test sample.</param>
    /// <param name="seed">Seed of the draw; zero is a seed.</param>
    /// <exception cref="Fault">No class has both a retained and a test sample.</exception>
    public static SortedDictionary<int, ShadowSets> PerClass(Signal retain, Signal test, int seed)
    {
        var members = ByClass(retain, seed, "shadow members");
        var nonMembers = ByClass(test, seed, "shadow non-members");
        var shared = members.Keys.Intersect(nonMembers.Keys).ToDictionary(
            k => k, k => new ShadowSets([.. members[k].Take(nonMembers[k].Length)], [.. nonMembers[k].Take(members[k].Length)]));
        return shared.Count > 0
            ? new SortedDictionary<int, ShadowSets>(shared)
            : throw new Fault("The membership attack needs a class with both retained and test images, but there is none; forget less or lower the cap.");
    }

    private static Dictionary<int, float[]> ByClass(Signal signal, int seed, string purpose) =>
        signal.Labels.Zip(signal.Values).GroupBy(sample => sample.First)
            .ToDictionary(group => group.Key, group => Shuffled([.. group.Select(sample => sample.Second)], seed, FormattableString.Invariant($"{purpose} of class {group.Key}")));

    private static float[] Shuffled(float[] values, int seed, string purpose)
    {
        new SeededStream(seed, purpose).Shuffle<float>(values);
        return values;
    }
}
