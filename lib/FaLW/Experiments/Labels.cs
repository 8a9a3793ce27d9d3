using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FaLW.Unlearning;

namespace FaLW.Experiments;

/// <summary>Names of runs by their own settings: what differs from the defaults of the record's parameters, in short words.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["Tau"] = "τ",
        ["Gamma"] = "γ",
        ["Eta"] = "η",
        ["Alpha"] = "α",
        ["Beta"] = "β",
        ["Beta1"] = "β1",
        ["Beta2"] = "β2",
        ["Lambda"] = "λ",
        ["Temperature"] = "T",
        ["RefreshEvery"] = "refresh",
        ["LearningRate"] = "rate",
        ["BatchSize"] = "batch",
        ["WeightDecay"] = "decay",
        ["RetainShare"] = "retain share",
    };

    // How long and how fast a method trains is its budget; a table of one budget need not say it in every row.
    private static readonly HashSet<string> Budget = [.. typeof(GradientUnlearner).GetProperties().Select(property => property.Name), nameof(SFRon.Iterations)];

    /// <summary>A setting as tables and axes call it: "τ" for Tau, "refresh" for RefreshEvery, "epochs without" for EpochsWithout.</summary>
    public static string ShortName(string setting) => Short.TryGetValue(setting, out var name) ? name
        : string.Concat(setting.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(setting[i - 1]) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>The title, and every setting of weighting and method that differs from its default, except the method's budget: "FaLW, τ 0.3".</summary>
    public static string Of(Method method) => string.Join(", ", [
        method.Title, .. Differing(method.Unlearner, method.Unlearner.Title).Where(setting => !Budget.Contains(setting.Name)).Concat(Differing(method.Weighting, method.Weighting.Title)).Select(Words)]);

    private static string Words((string Name, JsonNode? Value) setting) => setting.Value?.GetValueKind() switch
    {
        JsonValueKind.True => ShortName(setting.Name),
        JsonValueKind.False => $"no {ShortName(setting.Name)}",
        JsonValueKind.Array => $"{ShortName(setting.Name)} {string.Join(" ", setting.Value.AsArray())}",
        _ => $"{ShortName(setting.Name)} {setting.Value}",
    };

    private static IEnumerable<(string Name, JsonNode? Value)> Differing<T>(T part, string title) where T : notnull
    {
        var defaults = Defaults(part, out var required);
        var (own, plain) = (CanonicalJson.Node(part)!.AsObject(), defaults is null ? [] : CanonicalJson.Node((T)defaults)!.AsObject());
        // Words that the title has already: "FaLW (no balance)".
        var isSaid = defaults is Unlearner method ? method.Title != title : defaults is Weighting.LossWeighting weighting && weighting.Title != title;
        foreach (var (name, value) in own)
        {
            if (name == "$type" || (!required.Contains(name) && JsonNode.DeepEquals(value, plain[name]))) continue;
            if (value is JsonObject) continue;
            if (!isSaid || value?.GetValueKind() is JsonValueKind.Number) yield return (name, value);
        }
    }

    // The record as its parameters' defaults make it; those without a default are taken over, and always told.
    private static object? Defaults(object part, out HashSet<string> required)
    {
        required = new(StringComparer.Ordinal);
        var constructor = part.GetType().GetConstructors().MaxBy(each => each.GetParameters().Length);
        if (constructor is null) return null;
        var values = new List<object?>();
        foreach (var parameter in constructor.GetParameters())
        {
            if (!parameter.HasDefaultValue) required.Add(parameter.Name!);
            values.Add(parameter.HasDefaultValue ? parameter.DefaultValue : part.GetType().GetProperty(parameter.Name!)?.GetValue(part));
        }
        try
        {
            return constructor.Invoke([.. values]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
