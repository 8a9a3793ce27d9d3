namespace FaLW.Data;

/// <summary>The promises of <see cref="Splits"/>, each broken one with its sentence.</summary>
internal static class SplitPromises
{
    public static void Check(
        IReadOnlyList<int> forget, IReadOnlyList<int> retain, IReadOnlyList<int> unseen, IReadOnlyList<int> test,
        IReadOnlyList<int> labels, int trainCount, int classes)
    {
        if (trainCount < 0 || trainCount > labels.Count)
            throw new Fault(FormattableString.Invariant($"The train part is said to have {trainCount} rows but there are {labels.Count} in all."));
        Hold("forget", forget);
        Hold("retain", retain);
        Hold("test", test);
        var owner = new string?[labels.Count];
        Claim("forget", forget, 0, trainCount, owner);
        Claim("retain", retain, 0, trainCount, owner);
        Claim("unseen", unseen, 0, trainCount, owner);
        Claim("test", test, trainCount, labels.Count, owner);
        if (Array.IndexOf(owner, null) is var row and >= 0)
            throw new Fault(FormattableString.Invariant($"Row {row} is in none of forget, retain, unseen and test; every row must be in exactly one."));
        for (var at = 0; at < labels.Count; at++)
        {
            if (labels[at] < 0 || labels[at] >= classes)
                throw new Fault(FormattableString.Invariant($"Row {at} has label {labels[at]}, but with {classes} classes labels go from 0 to {classes - 1}."));
        }
    }

    private static void Hold(string name, IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
            throw new Fault($"The {name} set is empty; choose a share to forget and an unseen share that leave every set at least one sample.");
    }

    private static void Claim(string name, IReadOnlyList<int> rows, int from, int to, string?[] owner)
    {
        foreach (var row in rows)
        {
            if (row < from || row >= to)
                throw new Fault(FormattableString.Invariant($"Row {row} cannot be in the {name} set, whose rows go from {from} to {to - 1}."));
            if (owner[row] is { } other)
                throw new Fault(other == name
                    ? FormattableString.Invariant($"Row {row} is twice in the {name} set; every row must be in exactly one set, once.")
                    : FormattableString.Invariant($"Row {row} is in the {other} set and in the {name} set; every row must be in exactly one."));
            owner[row] = name;
        }
    }
}
