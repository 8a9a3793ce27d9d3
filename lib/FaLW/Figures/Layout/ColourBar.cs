namespace FaLW.Figures;

/// <summary>The scale of values shown as colour, right of the plot.</summary>
internal static class ColourBar
{
    /// <summary>Room right of the plot.</summary>
    public const double Room = 92;
    private const int Steps = 128;

    /// <summary>What of a panel is shown as colour; null when nothing is.</summary>
    public static Shading? Of(Panel panel) =>
        panel.Traces.OfType<Heat>().Select(h => h.Shading).Concat(panel.Traces.OfType<Points>().Select(p => p.Shading).OfType<Shading>()).FirstOrDefault(s => s.Bar);

    public static void Draw(PanelPlan plan, Shading shading, List<Drawing> drawings)
    {
        if (!shading.Bar) return;
        var range = shading.Range;
        var bar = new Frame(Snap.Half(plan.Plot.Right + 16), plan.Plot.Top, 14, plan.Plot.Height);
        for (var i = 0; i < Steps; i++)
        {
            // Each step reaches to the top and the next one covers it: no seam can show.
            var bottom = Snap.Half(bar.Bottom - i * bar.Height / Steps);
            drawings.Add(new Box(bar with { Height = bottom - bar.Top }, shading.Ramp.At((i + 0.5) / Steps)));
        }
        var scale = new Scale(range, bar.Bottom, bar.Top);
        foreach (var tick in Ticks.Linear(range.Low, range.High, bar.Height / Style.TickRoomY))
        {
            var y = scale.Pixel(tick.Value) + Style.TickLabel * Style.Capital / 2;
            drawings.Add(new Words(new Spot(bar.Right + 7, y), tick.Label, Style.TickLabel, Align.Left, Palette.Muted));
        }
        var at = new Spot(plan.Plot.Right + Room - 6, bar.Top + bar.Height / 2);
        drawings.Add(new Words(at, shading.Title, Style.AxisTitle, Align.Centre, Palette.Ink) { Turn = 90 });
    }
}
