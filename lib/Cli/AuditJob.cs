using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Cli;

/// <summary><c>falw run audits</c>: a study of audits to its table, its report and, where asked, its record.</summary>
internal static class AuditJob
{
    public static int Run(AuditOrder order, ResultFolder place, Terminal terminal, CancellationToken cancellation)
    {
        place.Prepare();
        AuditResult? result = null;
        ProgressView.Over(terminal, listener =>
        {
            using var lab = Lab.Open(order.How.Scale, order.How.Settings(listener));
            terminal.Error.WriteLine(order.Heading(lab));
            result = lab.Audit(order.Study, cancellation);
        });
        place.Write(result!, order.Study);
        terminal.Output.Write(AuditTable.Of(result!).ToText());
        if (order.How.Keep) RecordKeeping.Keep(result!, terminal);
        terminal.Output.WriteLine($"Results and report: {place.Path}");
        return ExitCode.Done;
    }
}
