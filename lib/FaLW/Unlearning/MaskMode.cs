using System.Text.Json.Serialization;

namespace FaLW.Unlearning;

/// <summary>What a mask holds back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaskMode>))]
public enum MaskMode
{
    /// <summary>Masked weights are bit for bit the Original's after every step (SalUn's code since February 2026).</summary>
    Hard,

    /// <summary>Only their gradient is zeroed; weight decay still moves them (SalUn's code before).</summary>
    GradientOnly,
}
