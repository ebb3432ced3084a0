using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Generation;

/// <summary>Decides which leads there are: whose, when, and how they ended.</summary>
internal sealed class LeadDrafting(
    SeededRandom random, BusinessCalendar calendar, PurchaseHistories histories, IReadOnlyList<CompanyDraft> companies, int peopleAlone, AccountFacts account, long end)
{
    private const double ShareOpen = 0.09;
    private const double ShareLost = 0.22;
    private const double ShareOfPeople = 0.04;
    private const double ShareOfNobody = 0.015;
    private const double ShareReturned = 0.006;
    private readonly int _peopleFrom = companies.Count == 0 ? 0 : companies[^1].FirstContact + companies[^1].Contacts;

    /// <summary>Exactly so many drafts, oldest first.</summary>
    public List<LeadDraft> Make(int wanted)
    {
        var ofPeople = companies.Count == 0 ? wanted : (int)(wanted * ShareOfPeople);
        var ofNobody = companies.Count == 0 ? 0 : (int)(wanted * ShareOfNobody);
        var open = companies.Count == 0 ? 0 : (int)(wanted * ShareOpen);
        var lost = companies.Count == 0 ? 0 : (int)(wanted * ShareLost);
        var drafts = new List<LeadDraft>(wanted);
        Purchases(drafts, wanted - ofPeople - ofNobody - open - lost);
        Add(drafts, lost, () => OfCompany(LeadOutcome.Lost, random.Below(companies.Count)));
        Add(drafts, open, () => OfCompany(LeadOutcome.Open, random.Below(companies.Count)));
        Add(drafts, ofPeople, () => Draft(-1, _peopleFrom + random.Below(peopleAlone), LeadOutcome.Won, random.Uniform() * calendar.Days, isFirst: true));
        Add(drafts, ofNobody, () => Draft(-1, -1, LeadOutcome.Won, random.Uniform() * calendar.Days, isFirst: true));
        // The sort is stable: drafts of one second keep the order in which they were made.
        return [.. drafts.OrderBy(draft => draft.Created)];
    }

    private static void Add(List<LeadDraft> drafts, int count, Func<LeadDraft> make)
    {
        for (var number = 0; number < count; number++)
        {
            drafts.Add(make());
        }
    }

    private void Purchases(List<LeadDraft> drafts, int wanted)
    {
        var seen = new HashSet<int>();
        foreach (var (company, even) in histories.Make(wanted).OrderBy(purchase => purchase.Even))
        {
            var isFirst = seen.Add(company);
            var outcome = !isFirst && random.Chance(ShareReturned) ? LeadOutcome.Returned : LeadOutcome.Won;
            drafts.Add(Draft(company, MainContact(company), outcome, even, isFirst));
        }
    }

    private LeadDraft OfCompany(LeadOutcome outcome, int company)
    {
        var since = histories.KnownSince(company);
        // Open leads are recent: nobody keeps an offer open for years.
        var even = outcome == LeadOutcome.Open
            ? Math.Max(since, calendar.Days - (random.Uniform() * 90))
            : since + (random.Uniform() * (calendar.Days - since));
        return Draft(company, MainContact(company), outcome, even, isFirst: false);
    }

    /// <summary>One lead in ten of a company names nobody.</summary>
    private int MainContact(int company) => random.Chance(0.1) ? -1 : companies[company].FirstContact + random.Below(companies[company].Contacts);

    /// <param name="even">Even day on which it was closed; on which it was created when it is open.</param>
    private LeadDraft Draft(int company, int contact, LeadOutcome outcome, double even, bool isFirst)
    {
        var moment = Math.Min(end, account.At(calendar.From.AddDays(calendar.DayOf(even)), 9) + random.Below(9 * 3600));
        var cycle = (long)(Math.Min(200, random.LogNormal(isFirst ? 24 : 9, 0.7)) * 86_400);
        return outcome == LeadOutcome.Open
            ? new LeadDraft(company, contact, outcome, moment, Closed: null, isFirst)
            : new LeadDraft(company, contact, outcome, moment - cycle, outcome == LeadOutcome.Returned ? null : moment, isFirst);
    }
}
