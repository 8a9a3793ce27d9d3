namespace FaLW.Figures;

/// <summary>Sizes in logical pixels: chosen to be read in a notebook column and, filling a slide, from the back of a room.</summary>
internal static class Style
{
    public const double Edge = 22;
    public const double Title = 22;
    public const double Subtitle = 15;
    public const double Legend = 15;
    public const double PanelTitle = 16;
    public const double AxisTitle = 14.5;
    public const double TickLabel = 13.5;
    public const double Remark = 13;
    public const double Footnote = 12;
    public const double Hairline = 1;
    public const double TickLength = 5;

    /// <summary>Pixels one tick may claim: labels stay apart, grids stay calm.</summary>
    public const double TickRoomX = 80;
    public const double TickRoomY = 58;

    /// <summary>From baseline to the top of capitals, and from the top of a line to the next, in text sizes.</summary>
    public const double Capital = 0.727;
    public const double Leading = 1.35;
}
