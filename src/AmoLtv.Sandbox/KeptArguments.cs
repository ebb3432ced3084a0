using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AmoLtv.Sandbox.Generation;

namespace AmoLtv.Sandbox;

/// <summary>The arguments that the first data follows from, kept as <c>sandbox.json</c> in the data folder: its journal fits these alone.</summary>
/// <param name="Until">Where the history ends; the first start's, for good.</param>
/// <param name="Products">Folders of earlier versions do not say: they get them, as a start without arguments does.</param>
/// <param name="Transactions">SHA-256 of the file, null for generated data.</param>
internal sealed record KeptArguments(int Seed, int Companies, int Leads, int Months, DateOnly Until, string? Transactions, Brand Brand, long AccountId, bool Filters, bool Products = true)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Decides what was left open, and compares with what the folder was started with.</summary>
    /// <param name="firstOfMonth">The end of the history when nothing else says.</param>
    /// <exception cref="SandboxException">The folder holds another account.</exception>
    public static KeptArguments Settle(SandboxOptions options, TransactionsFile? transactions, DateOnly firstOfMonth)
    {
        var brand = BrandOf(options, transactions);
        var asked = new KeptArguments(
            options.Seed, options.Companies, options.Leads, options.Months, options.Until ?? firstOfMonth,
            options.TransactionsFile is { } file ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))) : null,
            brand, options.AccountId, options.Filters ?? brand == Brand.Kommo, options.Products);
        if (options.DataFolder is not { } folder)
        {
            return asked;
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "sandbox.json");
        if (!File.Exists(path))
        {
            // Written aside and moved: a killed start leaves either no file or a whole one.
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(asked, Json));
            File.Move(path + ".new", path);
            return asked;
        }

        var kept = Read(path);
        return Same(folder, kept, options.Until is null ? asked with { Until = kept.Until } : asked);
    }

    private static Brand BrandOf(SandboxOptions options, TransactionsFile? transactions)
    {
        if (transactions is not { HasFractions: true })
        {
            return options.Brand ?? Brand.Amocrm;
        }

        if (options.Brand == Brand.Amocrm)
        {
            throw new SandboxException($"{options.TransactionsFile}, line {transactions.FirstFractionLine}: the amount has a fraction, and a lead's price on amocrm.ru is an integer. Leave --brand out, or give --brand kommo.");
        }

        if (options.Brand is null)
        {
            options.Say?.Invoke("The file has fractions of money: started as brand kommo, which keeps them (price_with_minor_units).");
        }

        return Brand.Kommo;
    }

    private static KeptArguments Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptArguments>(File.ReadAllText(path), Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new SandboxException($"{path} cannot be read: {unreadable.Message}");
        }
    }

    private static KeptArguments Same(string folder, KeptArguments kept, KeptArguments asked)
    {
        if (kept == asked)
        {
            return kept;
        }

        var differences = new List<string>();
        void Compare(string name, object? was, object? now)
        {
            if (!Equals(was, now))
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{name} was {was ?? "absent"}, is {now ?? "absent"}"));
            }
        }

        Compare("--account-id", kept.AccountId, asked.AccountId);
        Compare("--brand", kept.Brand, asked.Brand);
        Compare("--filters", kept.Filters, asked.Filters);
        Compare("--no-products", !kept.Products, !asked.Products);
        Compare("--transactions (by content)", kept.Transactions, asked.Transactions);
        Compare("--seed", kept.Seed, asked.Seed);
        Compare("--companies", kept.Companies, asked.Companies);
        Compare("--leads", kept.Leads, asked.Leads);
        Compare("--months", kept.Months, asked.Months);
        Compare("--until", kept.Until, asked.Until);
        throw new SandboxException($"The folder {folder} was started with other arguments: {string.Join("; ", differences)}. Repeat the first ones, or give another --data folder.");
    }
}
