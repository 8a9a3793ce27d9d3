namespace FaLW.Data;

/// <summary>
/// Classes in three groups of equal class count by how much of them is forgotten, the remainder in the
/// middle. The FaLW paper reports middle and tail groups without defining them; this is the kit's rule.
/// </summary>
/// <param name="Head">Ids of the classes with most forget samples, most first.</param>
/// <param name="Middle">Ids of the classes between.</param>
/// <param name="Tail">Ids of the classes with fewest forget samples, fewest last.</param>
public sealed record ClassGroups(ValueList<int> Head, ValueList<int> Middle, ValueList<int> Tail)
{
    /// <summary>Groups the classes; equal counts keep the order of their ids.</summary>
    /// <param name="forgetCounts">For each class how many samples are forgotten.</param>
    public static ClassGroups Of(IReadOnlyList<int> forgetCounts)
    {
        var third = forgetCounts.Count / 3;
        int[] order = [.. Enumerable.Range(0, forgetCounts.Count).OrderByDescending(k => forgetCounts[k]).ThenBy(k => k)];
        return new ClassGroups(
            [.. order[..third]], [.. order[third..(order.Length - third)]], [.. order[(order.Length - third)..]]);
    }

    /// <summary>Thirds of the forget samples and not of the classes: the head is the fewest classes that hold a third of the samples, the tail the fewest forgotten ones that do; at least one class each.</summary>
    /// <param name="forgetCounts">For each class how many samples are forgotten.</param>
    public static ClassGroups OfSamples(IReadOnlyList<int> forgetCounts)
    {
        int[] order = [.. Enumerable.Range(0, forgetCounts.Count).OrderByDescending(k => forgetCounts[k]).ThenBy(k => k)];
        var all = forgetCounts.Sum();
        int Third(IEnumerable<int> classes)
        {
            var (held, count) = (0, 0);
            foreach (var k in classes)
            {
                if (count > 0 && 3 * held >= all) break;
                (held, count) = (held + forgetCounts[k], count + 1);
            }
            return count;
        }

        var head = Third(order);
        var tail = Math.Min(Third(order.Reverse()), order.Length - head);
        return new ClassGroups([.. order[..head]], [.. order[head..^tail]], [.. order[^tail..]]);
    }

    /// <summary>"Head", "Middle" or "Tail".</summary>
    /// <param name="label">A class id.</param>
    public string NameOf(int label) => Head.Contains(label) ? nameof(Head) : Tail.Contains(label) ? nameof(Tail) : nameof(Middle);
}
