namespace FaLW.Data;

/// <summary>One applicant for a loan. Income, savings and district are in standard deviations within a group.</summary>
/// <param name="Group">0 or 1; no model of this kit is told.</param>
/// <param name="Income">Decides, and is higher in group 1.</param>
/// <param name="Savings">Decides, and is alike in both groups.</param>
/// <param name="District">Decides nothing, but tells the group.</param>
/// <param name="Deserved">What an officer without prejudice would have decided.</param>
/// <param name="Approved">What is on record: the label.</param>
public sealed record LoanApplicant(int Group, double Income, double Savings, double District, bool Deserved, bool Approved)
{
    /// <summary>Refused against merit.</summary>
    public bool Overruled => Deserved && !Approved;
}

/// <summary>
/// A table of loan decisions with a known bias, generated and not collected: nobody's data, no licence, and it is known who was wronged. Groups take turns
/// (0, 1, 0, 1, ...). Income is normal around -IncomeGap and +IncomeGap, district around -DistrictGap and +DistrictGap,
/// savings around 0. A loan is deserved with log-odds 2 income + 1.2 savings + 0.8; a deserved loan of group 0 is refused with
/// the probability Prejudice. With the defaults logistic regression on income, savings and district gives group 1 a
/// probability of approval that is about 0.18 higher on the mean (demographic parity), part of it through income, part through prejudice.
/// </summary>
/// <param name="IncomeGap">Half the distance of the groups in income, not negative.</param>
/// <param name="DistrictGap">Half the distance of the groups in district, not negative.</param>
/// <param name="Prejudice">Share of the deserved loans of group 0 that are refused, 0 to 1.</param>
/// <param name="Seed">Seed of the draws; zero is a seed.</param>
public sealed record LoanTable(double IncomeGap = 0.3, double DistrictGap = 0.7, double Prejudice = 0.25, int Seed = 0)
{
    /// <summary>The first applicants; asking for more leaves these as they are.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="Fault">A setting is out of its range.</exception>
    public ValueList<LoanApplicant> Applicants(int count)
    {
        if (!(IncomeGap >= 0 && DistrictGap >= 0 && Prejudice is >= 0 and <= 1))
            throw new Fault(FormattableString.Invariant(
                $"A loan table needs gaps of 0 or more and a prejudice from 0 to 1, but has {IncomeGap}, {DistrictGap} and {Prejudice}; give 0 to leave a cause of bias out."));
        var stream = new SeededStream(Seed, "loan table");
        return Enumerable.Range(0, count).Select(row => Applicant(row % 2, stream)).ToValueList();
    }

    // Every applicant takes the same number of draws, so that another prejudice changes decisions and nobody's income.
    private LoanApplicant Applicant(int group, SeededStream stream)
    {
        var side = 2 * group - 1;
        var (income, savings, district) = (stream.Normal() + IncomeGap * side, stream.Normal(), stream.Normal() + DistrictGap * side);
        var deserved = stream.Unit() < 1 / (1 + Math.Exp(-(2 * income + 1.2 * savings + 0.8)));
        var refused = stream.Unit() < Prejudice && group == 0;
        return new LoanApplicant(group, income, savings, district, deserved, deserved && !refused);
    }
}
