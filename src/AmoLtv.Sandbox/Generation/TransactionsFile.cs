using System.Globalization;
using AmoLtv.Sandbox.State;
using CsvHelper;

namespace AmoLtv.Sandbox.Generation;

/// <summary>A CSV <c>customer_id,date,amount</c>: every row a won lead of the company named by the customer id.</summary>
internal sealed class TransactionsFile
{
    /// <summary>The service takes larger amounts for slips of the keyboard: its sums would not be those of the file.</summary>
    private const decimal LargestAmount = 999_999_999_999.99m;

    private readonly List<(string Customer, DateOnly Date, decimal Amount)> _rows = [];

    public bool HasFractions => FirstFractionLine > 0;

    /// <summary>Line of the first amount with a fraction; 0 when there is none.</summary>
    public long FirstFractionLine { get; private set; }

    /// <exception cref="SandboxException">The file is missing or a line of it cannot be read; the line is named.</exception>
    public static TransactionsFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SandboxException($"There is no file {path}.");
        }

        var read = new TransactionsFile();
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
            read.Fill(path, csv);
        }
        catch (CsvFormatException malformed)
        {
            throw new SandboxException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {malformed.LineNumber}: {malformed.Message}"));
        }

        return read;
    }

    /// <summary>Puts the companies, in the order of their first row, and the leads, in the order of the rows, into the account.</summary>
    public void Place(SandboxState state)
    {
        var main = state.Pipelines.First(pipeline => pipeline.IsMain);
        var owner = state.Owner.Id;
        var companies = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var customer in _rows.GroupBy(row => row.Customer, StringComparer.Ordinal))
        {
            var since = state.Account.At(customer.Min(row => row.Date), 12);
            var company = new Company { Id = state.Companies.NextId, Name = customer.Key, ResponsibleUserId = owner, CreatedBy = owner, UpdatedBy = owner, CreatedAt = since, UpdatedAt = since };
            companies.Add(customer.Key, company.Id);
            state.Save(company);
        }

        foreach (var (customer, date, amount) in _rows)
        {
            var closed = state.Account.At(date, 12);
            var id = state.Leads.NextId;
            state.Save(new Lead
            {
                Id = id, Name = $"Покупка {customer} от {date:dd.MM.yyyy}", Price = amount, PipelineId = main.Id, StatusId = Lead.Won, CompanyId = companies[customer],
                ResponsibleUserId = owner, CreatedBy = owner, UpdatedBy = owner, CreatedAt = closed, UpdatedAt = closed, ClosedAt = closed,
            });
            state.Happened(new CrmEvent("lead_added", EntityKind.Leads, id, owner, closed));
        }
    }

    private void Fill(string path, CsvReader csv)
    {
        string[] Record() => [.. Enumerable.Range(0, csv.FieldCount).Select(place => csv.GetString(place).Trim())];
        if (!csv.Read() || Record() is not ["customer_id", "date", "amount"])
        {
            throw new SandboxException($"{path}, line 1: the header has to be customer_id,date,amount.");
        }

        while (csv.Read())
        {
            Add(path, csv.LineNumber, Record());
        }
    }

    private void Add(string path, long line, string[] record)
    {
        if (record.Length != 3)
        {
            throw Bad(path, line, $"{record.Length} values where customer_id,date,amount are three.");
        }

        if (record[0].Length == 0)
        {
            throw Bad(path, line, "the customer_id is empty.");
        }

        if (!DateOnly.TryParseExact(record[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw Bad(path, line, $"'{record[1]}' is no date; dates are written as 2024-12-31.");
        }

        var amount = Amount(path, line, record[2]);
        if (FirstFractionLine == 0 && amount != decimal.Truncate(amount))
        {
            FirstFractionLine = line;
        }

        _rows.Add((record[0], date, amount));
    }

    private static decimal Amount(string path, long line, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            throw Bad(path, line, $"'{text}' is no amount; amounts are written as 1234.56.");
        }

        if (amount < 0)
        {
            throw Bad(path, line, $"the amount {text} is below zero, and a lead's price cannot be.");
        }

        if (amount > LargestAmount)
        {
            throw Bad(path, line, $"the amount {text} is too large; the largest is {LargestAmount}.");
        }

        return amount == Math.Round(amount, 2) ? amount : throw Bad(path, line, $"the amount {text} has more than two decimals.");
    }

    private static SandboxException Bad(string path, long line, string what) => new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {what}"));
}
