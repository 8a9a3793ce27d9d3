using System.Text.Json.Serialization;

namespace FaLW.Experiments;

/// <summary>One forget sample: the probability of its true class, 0 to 1, under each of the three models.</summary>
/// <param name="Row">Its row in the image set.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Original">Under the model that was trained on it.</param>
/// <param name="Retrain">Under the model that never saw it.</param>
/// <param name="Unlearned">Under the model after the method.</param>
public sealed record SampleRow(int Row, int Class, double Original, double Retrain, double Unlearned)
{
    /// <summary>Under Retrain of another seed (<see cref="RunResult.Control"/>); null where none was trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OtherRetrain { get; init; }

    /// <summary>Signed distance from Retrain: positive is under-forgotten, negative over-forgotten.</summary>
    public double Deviation => Unlearned - Retrain;
}
