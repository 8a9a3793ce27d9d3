using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

internal static class Cells
{
    extension(Cell)
    {
        public static Cell Of(Estimate value) => Cell.Of(value.Mean, value.HalfWidth);
    }
}
