using System.Text.Json.Serialization;

namespace FaLW.Weighting;

/// <summary>Which losses of the whole forget set a weighting asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SetLoss>))]
public enum SetLoss
{
    /// <summary>None: the batch is enough.</summary>
    None,

    /// <summary>Under Original in evaluation mode; the same at every step.</summary>
    Original,

    /// <summary>
    /// The latest known of each sample: the one of the forward pass in which it was last trained on, this
    /// step's included, and that of Original before the first. Costs no pass of its own.
    /// </summary>
    Latest,
}
