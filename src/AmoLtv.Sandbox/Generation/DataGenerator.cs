using System.Diagnostics;
using System.Globalization;
using AmoLtv.Sandbox.State;
using Bogus;
using Name = Bogus.DataSets.Name;

namespace AmoLtv.Sandbox.Generation;

/// <summary>Fills the account with companies, contacts and leads: the same ones for the same seed, sizes and end date.</summary>
internal sealed class DataGenerator
{
    private static readonly long[] Managers = [77_002, 77_002, 77_003, 77_003, 77_004, 77_005];
    private readonly SandboxState _state;
    private readonly SandboxOptions _options;
    private readonly SeededRandom _random;
    private readonly BusinessCalendar _calendar;
    private readonly PurchaseHistories _histories;
    private readonly long _end;
    private readonly List<CompanyDraft> _companies = [];

    /// <param name="until">The first local day without data.</param>
    public DataGenerator(SandboxState state, SandboxOptions options, DateOnly until)
    {
        _state = state;
        _options = options;
        _random = new SeededRandom((ulong)options.Seed);
        _calendar = new BusinessCalendar(until.AddMonths(-options.Months), until);
        _histories = new PurchaseHistories(_random.Branch(1_000_003), options.Companies, _calendar.Days);
        _end = state.Account.At(until, 0) - 1;
    }

    public void Generate()
    {
        var spent = Stopwatch.StartNew();
        DraftCompanies();
        var people = PlaceContactsAndCompanies();
        Say(spent, "companies and contacts are ready");
        var drafts = new LeadDrafting(_random.Branch(3), _calendar, _histories, _companies, people, _state.Account, _end).Make(_options.Leads);
        Say(spent, "the history is drafted");
        var composer = new LeadComposer(_state, _random.Branch(4), _companies, _end);
        foreach (var draft in drafts)
        {
            composer.Place(draft);
        }

        Say(spent, string.Create(CultureInfo.InvariantCulture, $"{_state.Leads.Count} leads are ready"));
    }

    private void Say(Stopwatch spent, string what)
    {
        if (spent.Elapsed > TimeSpan.FromSeconds(2))
        {
            _options.Say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Making data, {spent.Elapsed.TotalSeconds:0} s: {what}."));
        }
    }

    private void DraftCompanies()
    {
        var contacts = 0;
        for (var number = 0; number < _options.Companies; number++)
        {
            var random = _random.Branch(10_000_000 + number);
            var has = 1 + (random.Chance(0.4) ? 1 : 0) + (random.Chance(0.12) ? 1 : 0);
            _companies.Add(new CompanyDraft(
                CompanyNames.Make(random, number), random.Pick(Managers), random.Below(AccountFurniture.Channels.Count), random.Below(AccountFurniture.Industries.Count),
                random.LogNormal(120_000, 0.9), random.Chance(0.1), contacts, has, Moment(_histories.KnownSince(number), random)));
            contacts += has;
        }
    }

    /// <summary>Saves contacts, then companies; gives the number of people that belong to no company.</summary>
    private int PlaceContactsAndCompanies()
    {
        var names = new Name("ru") { Random = new Randomizer(_options.Seed) };
        foreach (var (company, number) in _companies.Select((company, number) => (company, number)))
        {
            for (var person = 0; person < company.Contacts; person++)
            {
                PlaceContact(names, company.Responsible, _state.Companies.NextId + number, company.Created);
            }
        }

        // People who buy for themselves: leads without a company have to belong to somebody.
        var alone = Math.Max(1, _options.Leads / 40);
        for (var person = 0; person < alone; person++)
        {
            var random = _random.Branch(20_000_000 + person);
            PlaceContact(names, random.Pick(Managers), companyId: null, Moment(random.Uniform() * _calendar.Days * 0.9, random));
        }

        foreach (var (company, number) in _companies.Select((company, number) => (company, number)))
        {
            PlaceCompany(company, _random.Branch(30_000_000 + number));
        }

        return alone;
    }

    private void PlaceContact(Name names, long responsible, long? companyId, long created)
    {
        var gender = names.Random.Bool() ? Name.Gender.Male : Name.Gender.Female;
        var first = names.FirstName(gender);
        var last = names.LastName(gender);
        var id = _state.Contacts.NextId;
        _state.Save(new Contact
        {
            Id = id, Name = $"{first} {last}", FirstName = first, LastName = last, CompanyId = companyId,
            ResponsibleUserId = responsible, CreatedBy = responsible, UpdatedBy = responsible, CreatedAt = created, UpdatedAt = created,
            Fields = [new FieldValue(AccountFurniture.ContactPhoneField, [new StoredValue($"+7900{id % 10_000_000:D7}", ValueForm.Text, 1)])],
        });
    }

    private void PlaceCompany(CompanyDraft draft, SeededRandom random)
    {
        var fields = new List<FieldValue>
        {
            new(AccountFurniture.IndustryField, [new StoredValue(AccountFurniture.Industries[draft.Industry], ValueForm.Text, 920 + draft.Industry)]),
        };
        if (random.Chance(0.5))
        {
            fields.Add(new FieldValue(AccountFurniture.CacField, [new StoredValue(((int)random.LogNormal(15_000, 0.5)).ToString(CultureInfo.InvariantCulture))]));
        }

        if (random.Chance(0.05))
        {
            fields.Add(new FieldValue(AccountFurniture.LegalEntityField, [new StoredValue("""{"name":"Плательщик","entity_type":1,"vat_id":"7700000000","kpp":null}""", ValueForm.Json)]));
        }

        if (random.Chance(0.05))
        {
            fields.Add(new FieldValue(AccountFurniture.MoodField, [new StoredValue("""{"level":3}""", ValueForm.Json)]));
        }

        _state.Save(new Company
        {
            Id = _state.Companies.NextId, Name = draft.Name, ResponsibleUserId = draft.Responsible, CreatedBy = draft.Responsible, UpdatedBy = draft.Responsible,
            CreatedAt = draft.Created, UpdatedAt = draft.Created, Fields = random.Chance(0.85) ? [.. fields] : [],
        });
    }

    private long Moment(double even, SeededRandom random) =>
        Math.Min(_end, _state.Account.At(_calendar.From.AddDays(_calendar.DayOf(even)), 9) + random.Below(9 * 3600));
}
