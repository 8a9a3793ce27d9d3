using System.Text.Json.Serialization;

namespace FaLW.Training;

/// <summary>How the learning rate moves; <see cref="Schedules.Rate"/> has the formulas.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Schedule>))]
public enum Schedule
{
    /// <summary>The same rate at every step.</summary>
    Constant,

    /// <summary>
    /// Up to the rate and down again, per step: torch's OneCycleLR with its defaults (30 % up, from 1/25,
    /// down to 1/250,000 of the rate, cosine) but without cycling the momentum.
    /// </summary>
    OneCycle,

    /// <summary>Half a cosine from the rate towards zero, per step.</summary>
    Cosine,

    /// <summary>A tenth of the rate from each milestone epoch on.</summary>
    MultiStep,
}
