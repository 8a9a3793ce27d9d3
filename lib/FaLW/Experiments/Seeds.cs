namespace FaLW.Experiments;

/// <summary>The seeds of one run besides the data seed, each for one purpose.</summary>
/// <param name="Training">Initial weights and batch order of Original and of Retrain.</param>
/// <param name="Unlearning">Everything a method draws: labels, batch order, masks.</param>
public sealed record Seeds(int Training, int Unlearning);
