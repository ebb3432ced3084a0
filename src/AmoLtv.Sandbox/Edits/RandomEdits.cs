using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Generation;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Edits;

/// <summary>
/// What users do to an account while an integration works. The same seed on the same cards makes the same edits: they look
/// at ids, stages, prices and links, never at the fields that an integration writes. Hold the state's gate.
/// </summary>
internal sealed class RandomEdits(SandboxState state, SeededRandom random, Merging merging)
{
    private const int Draws = 40;

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "win", "lose", "reopen", "price", "cost", "create", "create_won", "move", "detach", "people", "responsible", "delete", "restore",
        "delete_company", "restore_company", "delete_contact", "restore_contact", "merge_leads", "merge_companies", "merge_contacts",
    ];

    /// <summary>Null when the account has no card for such an edit.</summary>
    public MadeEdit? Make(string kind) => kind switch
    {
        "win" => Close(kind, Lead.Won),
        "lose" => Close(kind, Lead.Lost),
        "reopen" => Change(kind, lead => IsClosed(lead), Reopen),
        "price" => Change(kind, _ => true, lead => lead.Price = Price()),
        "cost" => Change(kind, _ => true, lead => lead.SetField(AccountFurniture.CostField, [new StoredValue(random.Below(90_000).ToString(System.Globalization.CultureInfo.InvariantCulture))])),
        "create" => Create(kind, isWon: false),
        "create_won" => Create(kind, isWon: true),
        "move" => Move(kind),
        "detach" => Change(kind, lead => lead.CompanyId is not null, lead => lead.CompanyId = null),
        "people" => Change(kind, _ => state.Contacts.Count > 0, lead => lead.ContactIds = Draw(state.Contacts, _ => true) is { } person ? [person.Id] : []),
        "responsible" => Change(kind, _ => true, lead => lead.ResponsibleUserId = random.Pick(state.Users).Id),
        "delete" => Trash(kind, state.Leads, isDeleted: true),
        "restore" => Trash(kind, state.Leads, isDeleted: false),
        "delete_company" => Trash(kind, state.Companies, isDeleted: true),
        "restore_company" => Trash(kind, state.Companies, isDeleted: false),
        "delete_contact" => Trash(kind, state.Contacts, isDeleted: true),
        "restore_contact" => Trash(kind, state.Contacts, isDeleted: false),
        "merge_leads" => Merge(kind, state.Leads),
        "merge_companies" => Merge(kind, state.Companies),
        "merge_contacts" => Merge(kind, state.Contacts),
        _ => null,
    };

    private static bool IsClosed(Lead lead) => lead.StatusId is Lead.Won or Lead.Lost;

    /// <summary>Whole units, which both vendors take.</summary>
    private decimal Price() => 1_000 + random.Below(500_000);

    private MadeEdit? Close(string kind, long status) => Change(kind, lead => !IsClosed(lead), lead =>
    {
        lead.StatusId = status;
        lead.ClosedAt = state.Clock.Seconds;
        lead.Price = lead.Price == 0 ? Price() : lead.Price;
    });

    private void Reopen(Lead lead)
    {
        lead.StatusId = state.Pipeline(lead.PipelineId)!.Stages.First(stage => stage.Type == 0).Id;
        lead.ClosedAt = null;
        lead.LossReasonId = null;
    }

    private MadeEdit? Change(string kind, Func<Lead, bool> isWanted, Action<Lead> change)
    {
        if (Draw(state.Leads, isWanted) is not { } lead)
        {
            return null;
        }

        var copy = (Lead)lead.Copy();
        change(copy);
        Save(copy);
        return new MadeEdit(kind, EntityKind.Leads, copy.Id);
    }

    private MadeEdit? Move(string kind)
    {
        if (Draw(state.Leads, _ => true) is not { } lead || Draw(state.Companies, company => company.Id != lead.CompanyId) is not { } company)
        {
            return null;
        }

        var copy = (Lead)lead.Copy();
        copy.CompanyId = company.Id;
        Save(copy);
        return new MadeEdit(kind, EntityKind.Leads, copy.Id, company.Id);
    }

    private MadeEdit Create(string kind, bool isWon)
    {
        var lead = (Lead)EntitySaving.New(state, EntityKind.Leads, state.Leads.NextId, state.Owner);
        lead.Price = Price();
        lead.CompanyId = Draw(state.Companies, _ => true)?.Id;
        lead.ContactIds = Draw(state.Contacts, person => person.CompanyId == lead.CompanyId) is { } person ? [person.Id] : [];
        if (isWon)
        {
            lead.StatusId = Lead.Won;
            lead.ClosedAt = state.Clock.Seconds;
        }

        Save(lead);
        return new MadeEdit(kind, EntityKind.Leads, lead.Id);
    }

    private MadeEdit? Trash<T>(string kind, EntityTable<T> table, bool isDeleted)
        where T : CrmEntity
    {
        var row = isDeleted ? Draw(table, _ => true) : table.Deleted() is { Length: > 0 } trash ? random.Pick(trash) : null;
        if (row is null)
        {
            return null;
        }

        var copy = row.Copy();
        copy.IsDeleted = isDeleted;
        Save(copy);
        return new MadeEdit(kind, copy.Kind, copy.Id);
    }

    private MadeEdit? Merge<T>(string kind, EntityTable<T> table)
        where T : CrmEntity
    {
        if (Draw(table, _ => true) is not { } survivor || Draw(table, row => row.Id != survivor.Id) is not { } absorbed)
        {
            return null;
        }

        merging.Merge(state, survivor.Kind, survivor.Id, [absorbed.Id]);
        return new MadeEdit(kind, survivor.Kind, survivor.Id, absorbed.Id);
    }

    /// <summary>A living row that is wanted: by draws, and where they find none the first after a random place.</summary>
    private T? Draw<T>(EntityTable<T> table, Func<T, bool> isWanted)
        where T : CrmEntity
    {
        var rows = table.Living(SortBy.Id);
        for (var draw = 0; draw < Draws && rows.Length > 0; draw++)
        {
            if (random.Pick(rows) is var row && isWanted(row))
            {
                return row;
            }
        }

        return Array.Find(rows, row => isWanted(row));
    }

    private void Save(CrmEntity row)
    {
        row.UpdatedAt = state.Clock.Seconds;
        row.UpdatedBy = state.Owner.Id;
        EntitySaving.Save(state, row);
    }
}
