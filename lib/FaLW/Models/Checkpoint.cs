using static TorchSharp.torch;

namespace FaLW.Models;

/// <summary>Whether named tensors fit a classifier, and taking them over.</summary>
internal static class Checkpoint
{
    public static void Compare(Classifier model, string path, IReadOnlyList<(string Name, Tensor Value)> saved)
    {
        var found = saved.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        var expected = model.State.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        var missing = expected.Keys.Where(name => !found.ContainsKey(name)).ToList();
        var unknown = found.Keys.Where(name => !expected.ContainsKey(name)).ToList();
        var different = expected.Where(entry => found.TryGetValue(entry.Key, out var tensor) && Describe(tensor) != Describe(entry.Value))
            .Select(entry => $"{entry.Key} is {Describe(found[entry.Key])} instead of {Describe(entry.Value)}").ToList();
        if (missing.Count + unknown.Count + different.Count == 0) return;
        var faults = new[] { Some("it lacks", missing), Some("it has the unknown", unknown), Some("in it", different) };
        throw new InvalidDataException(FormattableString.Invariant(
            $"The checkpoint {path} does not fit {model.Network.Name} with {model.Classes} classes: {string.Join("; ", faults.Where(fault => fault.Length > 0))}. Load it into the network it was saved from, or train again."));
    }

    public static void Restore(Classifier model, IReadOnlyList<(string Name, Tensor Value)> saved)
    {
        var values = saved.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in model.State) value.copy_(values[name]);
    }

    /// <summary>Takes over what both have: whole tensors, or the first rows where only the number of rows differs.</summary>
    public static void Overlap(Classifier model, IReadOnlyList<(string Name, Tensor Value)> saved)
    {
        var values = saved.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, value) in model.State)
        {
            var from = values[name];
            if (value.dim() == 0) value.copy_(from);
            else
            {
                var rows = Math.Min(value.shape[0], from.shape[0]);
                value.narrow(0, 0, rows).copy_(from.narrow(0, 0, rows));
            }
        }
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";

    private static string Some(string lead, List<string> items) => items.Count switch
    {
        0 => "",
        <= 3 => $"{lead} {string.Join(", ", items)}",
        _ => FormattableString.Invariant($"{lead} {string.Join(", ", items.Take(3))} and {items.Count - 3} more"),
    };
}
