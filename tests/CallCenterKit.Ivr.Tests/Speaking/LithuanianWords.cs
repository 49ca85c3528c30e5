using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>What is heard in the Lithuanian recordings.</summary>
internal static class LithuanianWords
{
    private static readonly string[] Units = Split("nulis vienas du trys keturi penki šeši septyni aštuoni devyni dešimt vienuolika dvylika trylika "
        + "keturiolika penkiolika šešiolika septyniolika aštuoniolika devyniolika dvidešimt");

    private static readonly string[] Feminine = Split("nulis viena dvi trys keturios penkios šešios septynios aštuonios devynios");
    private static readonly string[] Tens = Split("nulis dešimt dvidešimt trisdešimt keturiasdešimt penkiasdešimt šešiasdešimt septyniasdešimt aštuoniasdešimt devyniasdešimt");
    private static readonly string[] Months = Split("sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio");
    private static readonly string[] Stems = Split("- pirm antr treči ketvirt penkt šešt septint aštunt devint dešimt vienuolikt dvylikt trylikt keturiolikt penkiolikt "
        + "šešiolikt septyniolikt aštuoniolikt devyniolikt dvidešimt");

    private static readonly Dictionary<string, string> Others = new()
    {
        ["number/hundred-one"] = "šimtas",
        ["number/hundred-few"] = "šimtai",
        ["number/thousand-one"] = "tūkstantis",
        ["number/thousand-few"] = "tūkstančiai",
        ["number/thousand-other"] = "tūkstančių",
        ["number/minus"] = "minus",
        ["time/valanda"] = "valanda",
        ["date/diena"] = "diena",
        ["date/metu"] = "metų",
        ["year/2000"] = "dutūkstantųjų",
        ["year/1900"] = "tūkstantis devyni šimtųjų",
        ["noun/euro-one"] = "euras",
        ["noun/euro-few"] = "eurai",
        ["noun/euro-other"] = "eurų",
        ["noun/cent-one"] = "centas",
        ["noun/cent-few"] = "centai",
        ["noun/cent-other"] = "centų",
        ["noun/minute-one"] = "minutė",
        ["noun/minute-few"] = "minutės",
        ["noun/minute-other"] = "minučių",
        ["noun/second-one"] = "sekundė",
        ["noun/second-few"] = "sekundės",
        ["noun/second-other"] = "sekundžių",
        ["noun/hour-one"] = "valanda",
        ["noun/hour-few"] = "valandos",
        ["noun/hour-other"] = "valandų",
        ["noun/day-one"] = "diena",
        ["noun/day-few"] = "dienos",
        ["noun/day-other"] = "dienų",
        ["noun/message-one"] = "pranešimas",
        ["noun/message-few"] = "pranešimai",
        ["noun/message-other"] = "pranešimų",
    };

    public static string Of(IEnumerable<string> recordings) => string.Join(' ', recordings.Select(Of));

    private static string Of(string recording)
    {
        var name = recording["lt/".Length..^".wav".Length];
        if (Others.TryGetValue(name, out var word))
            return word;
        var (folder, value) = (name.Split('/')[0], name.Split('/')[1]);
        var isFeminine = value.EndsWith("-f", StringComparison.Ordinal);
        var number = int.Parse(isFeminine ? value[..^2] : value, CultureInfo.InvariantCulture);
        return folder switch
        {
            "number" when isFeminine => Feminine[number],
            "number" => Number(number),
            "month" => Months[number - 1],
            "ordinal" => Stem(number) + "a",
            "year" => Stem(number) + "ų",
            _ => throw new System.Diagnostics.UnreachableException(recording),
        };
    }

    private static string Number(int value) => value <= 20 ? Units[value] : Tens[value / 10];

    private static string Stem(int value) => value <= 20 ? Stems[value] : Tens[value / 10];

    private static string[] Split(string words) => words.Split(' ');
}
