using System.Text.Json.Serialization;

namespace FaLW.Models;

/// <summary>The number format convolutions are computed in. Weights, losses and statistics are always kept in 32 bits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Precision>))]
public enum Precision
{
    /// <summary>32-bit floating point everywhere.</summary>
    Float32,

    /// <summary>
    /// Convolutions and the activations between them in bfloat16 (8 bits of mantissa), everything else in
    /// 32 bits: about twice as fast on processors with bfloat16 units and on recent GPUs. On a processor
    /// with other work at the same time use one thread or Float32: the threads of these convolutions wait
    /// for each other by spinning, and a thread without a core then costs the others many times the gain.
    /// </summary>
    BFloat16,
}
