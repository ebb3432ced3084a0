using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back fields</c> and <c>map</c>: which number goes into which custom field.</summary>
internal static class FieldsCommand
{
    public static Command CreateList(Option<long?> account)
    {
        var command = new Command("fields", "Lists the numbers, the custom fields they go into, and which are switched off.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var rows = await services.GetRequiredService<OutputFieldStore>().ListAllAsync(id, token);
                foreach (var row in rows)
                {
                    await Console.Out.WriteLineAsync(
                        $"{CardWords.One(row.Entity)}  {row.Output.Output}  {row.Field}  {row.CrmName ?? "gone"}  {(row.IsOurs ? "ours" : "mapped")}  {State(row)}");
                }

                if (rows.Count == 0)
                {
                    await Console.Out.WriteLineAsync("Write-back is not enabled: amoltv write-back --enable shows what it would create.");
                }
            },
            cancellationToken));
        return command;
    }

    public static Command CreateMap(Option<long?> account)
    {
        var entity = new Option<string>("--entity") { Description = "company, contact or lead.", Required = true };
        var output = new Option<string>("--output") { Description = "Name of the number, for example ltv.", Required = true };
        var field = new Option<long>("--field") { Description = "Number of a custom field the account has.", Required = true };
        var command = new Command("map", "Lets a number go into a custom field the account already has.") { entity, output, field };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var choice = await services.GetRequiredService<FieldMapping>().MapAsync(
                    id, Entity(parsed.GetRequiredValue(entity)), parsed.GetRequiredValue(output), new FieldId(parsed.GetValue(field)), token);
                await Console.Out.WriteLineAsync(
                    $"{choice.Output.Output} goes into '{choice.Name}' (number {choice.Found!.Id}) {(choice.IsRead ? "from the next run on." : "once the next sync has read what stands there.")}");
            },
            cancellationToken));
        return command;
    }

    private static EntityType Entity(string word) => word switch
    {
        "company" or "companies" => EntityType.Company,
        "contact" or "contacts" => EntityType.Contact,
        "lead" or "leads" => EntityType.Lead,
        _ => throw new CommandFailedException($"--entity {word}: company, contact or lead."),
    };

    private static string State(OutputFieldRow row) => row.OffReason switch
    {
        null => row.Trouble switch
        {
            null => "written",
            OutputFieldStore.Deleted => "written; the CRM no longer lists it",
            _ => $"written; its type is {row.CrmType} now",
        },
        OutputFieldStore.Deleted => "off: it was deleted in the CRM",
        OutputFieldStore.Retyped => "off: its type was changed in the CRM",
        OutputFieldStore.Reading => "off until the next sync has read what stands in it",
        _ => "off: not chosen",
    };
}
