namespace FaLW.Figures;

/// <summary>A panel with its place, scales and ticks decided.</summary>
internal sealed record PanelPlan(Panel Panel, Frame Plot, Scale X, Scale Y)
{
    public required IReadOnlyList<Tick> TicksX { get; init; }

    public required IReadOnlyList<Tick> TicksY { get; init; }

    /// <summary>Numbers and title under the panel; false inside a grid that shares x.</summary>
    public bool LabelsX { get; init; } = true;

    /// <summary>Numbers and title left of the panel; false inside a grid that shares y.</summary>
    public bool LabelsY { get; init; } = true;

    /// <summary>Long names on the x axis are written at an angle.</summary>
    public bool Slanted { get; init; }

    public Heat? Heat => Panel.Traces.OfType<Heat>().FirstOrDefault();

    public IReadOnlyList<Spot> Spots(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var spots = new Spot[x.Count];
        for (var i = 0; i < spots.Length; i++)
            spots[i] = X.Has(x[i]) && Y.Has(y[i]) ? new Spot(X.Pixel(x[i]), Y.Pixel(y[i])) : new Spot(double.NaN, double.NaN);
        return spots;
    }
}
