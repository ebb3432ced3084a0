using System.Globalization;
using System.Text;

namespace AmoLtv.Soak;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Problems">What is wrong; none where it converged.</param>
/// <param name="Transcript">What was planned and what happened, in order.</param>
/// <param name="Fields">Values compared.</param>
/// <param name="Rate">Requests in a window, by the CRM's own count.</param>
/// <param name="Elapsed">Real time.</param>
internal sealed record SeedReport(int Seed, IReadOnlyList<string> Problems, IReadOnlyList<string> Transcript, int Fields, TrialRate Rate, TimeSpan Elapsed)
{
    private const int ShownProblems = 20;

    public bool HasConverged => Problems.Count == 0;

    /// <summary>One line for a terminal.</summary>
    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {(HasConverged ? "converged" : "FAILED")}, {Fields} fields, at most {Rate.Highest} of {Rate.Allowed} requests in a window, {Elapsed.TotalSeconds:0.0} s");

    /// <summary>How to run a seed that failed again, what is wrong, and what happened before.</summary>
    public string Explanation
    {
        get
        {
            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture, $"  Again: tests/soak.sh --seeds 1 --from {Seed}");
            foreach (var problem in Problems.Take(ShownProblems))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  ! {problem}");
            }

            if (Problems.Count > ShownProblems)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  ! and {Problems.Count - ShownProblems} more");
            }

            foreach (var line in Transcript)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
            }

            return text.ToString().TrimEnd();
        }
    }
}
