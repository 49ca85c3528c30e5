using System.Collections.Immutable;
using CallCenterKit.Ivr.Building;
using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Documents;

public class ValidationTests
{
    private static readonly IvrStep HangUp = new IvrStep.HangUp();

    private static readonly FlowReferences Known = new()
    {
        Prompts = new FakePrompts(),
        Queues = new HashSet<string> { "sales", "support" },
        Flows = new HashSet<string>(),
    };

    [Fact]
    public void A_flow_without_faults_is_built()
    {
        Assert.Empty(IvrFlow.Validate(ReadmeExamples.AsData().Document));
    }

    [Fact]
    public void All_faults_are_told_at_once_by_node()
    {
        var fault = Assert.Throws<FlowValidationException>(() => IvrFlow.Create(
            "main",
            flow => flow
                .Play("no-welcome.wav")
                .Menu("menu.wav", menu => menu.On('1', "sales").On('1', "support").On('x', "sales"))
                .Node("sales", node => node.Queue("seles").HangUp())
                .Node("lost", node => node.Answer()),
            Known));

        Assert.Equal(
            """
            Flow 'main' cannot run:
              node 'start': step 1 (play): prompt 'no-welcome.wav' is not in the fake catalog
              node 'start': step 2 (menu): key 'x' is not on a telephone; allowed are 0-9, *, # and A-D
              node 'start': step 2 (menu): key '1' is used twice
              node 'start': step 2 (menu): '1' leads to node 'support', which does not exist
              node 'start': step 2 (menu): nothing follows no input, invalid: name a node, or end with hang up or go to
              node 'sales': step 1 (queue): there is no queue 'seles'; there are sales, support
              node 'lost': step 1 (answer): nothing follows its end: name a node, or end with hang up or go to
              node 'lost': no way leads here
            """.ReplaceLineEndings("\n"),
            fault.Message);
        Assert.Equal(8, fault.Faults.Count);
    }

    [Fact]
    public void A_document_as_a_whole_has_a_name_a_version_and_nodes()
    {
        Assert.Equal(
            ["the flow has no name", "version 0 must be 1 or more", "the flow has no nodes"],
            Faults(new IvrDocument(" ", 0, "start", [])));
        Assert.Equal(["the flow has no nodes"], Faults(new IvrDocument("main", 1, "start", default)));
    }

    [Fact]
    public void A_document_begins_with_a_node_that_exists()
    {
        Assert.Equal(["the start node 'begin' does not exist"], Faults(new IvrDocument("main", 1, "begin", [new("start", [HangUp])])));
    }

    [Fact]
    public void Names_of_nodes_are_there_and_unique()
    {
        Assert.Equal(
            ["node '': a node has no name", "node 'start': the name is used twice", "node '': no way leads here"],
            Faults(new IvrDocument("main", 1, "start", [new("start", [HangUp]), new("", [HangUp]), new("start", [HangUp])])));
    }

    [Fact]
    public void A_node_has_steps()
    {
        Assert.Equal(["node 'start': there is no step"], Faults(flow => flow.Version(2)));
        Assert.Equal(["node 'start': there is no step"], Faults(new IvrDocument("main", 1, "start", [new("start", default)])));
    }

    [Fact]
    public void What_never_goes_on_is_the_last_step()
    {
        Assert.Equal(["node 'start': step 1 (go to flow): the steps after it are never reached"], Faults(flow => flow.GoToFlow("night").HangUp()));
        Assert.Equal(
            ["node 'start': step 1 (menu): the steps after it are never reached"],
            Faults(flow => flow
                .Menu("menu.wav", menu => menu.On('1', "end").OnNoInput("end").OnInvalid("end"))
                .HangUp()
                .Node("end", node => node.HangUp())));
    }

    public static TheoryData<string, Action<IvrFlowBuilder>> LastSteps => new()
    {
        { "step 1 (play): nothing follows its end", flow => flow.Play("hello.wav") },
        { "step 1 (set): nothing follows its end", flow => flow.Set("language", "lt") },
        { "step 1 (collect): nothing follows collected, no input, invalid", flow => flow.Collect("account", "account.wav", (1, 2)) },
        { "step 1 (queue): nothing follows answered, timed out, full", flow => flow.Queue("sales") },
        { "step 1 (when): nothing follows otherwise", flow => flow.When("language", when => when.Is("lt", "start")) },
        { "step 1 (queue): nothing follows full", flow => flow.Queue("sales", queue => queue.OnAnswered("end").OnTimedOut("end")) },
    };

    [Theory]
    [MemberData(nameof(LastSteps))]
    public void A_last_step_names_a_node_for_each_answer(string fault, Action<IvrFlowBuilder> build)
    {
        Assert.Contains(Faults(flow => build(flow.Node("end", node => node.HangUp()))), text => text.Contains(fault, StringComparison.Ordinal));
    }

    public static TheoryData<string, Action<IvrFlowBuilder>> UnknownNodes => new()
    {
        { "step 1 (menu): '1' leads to node 'x', which does not exist", flow => flow.Menu("m.wav", menu => menu.On('1', "x")).HangUp() },
        { "step 1 (menu): 'no input' leads to node 'x', which does not exist", flow => flow.Menu("m.wav", menu => menu.On('1', "start").OnNoInput("x")).HangUp() },
        { "step 1 (menu): 'invalid' leads to node 'x', which does not exist", flow => flow.Menu("m.wav", menu => menu.On('1', "start").OnInvalid("x")).HangUp() },
        { "step 1 (collect): 'collected' leads to node 'x', which does not exist", flow => flow.Collect("v", "m.wav", (1, 1), collect => collect.OnCollected("x")).HangUp() },
        { "step 1 (queue): 'timed out' leads to node 'x', which does not exist", flow => flow.Queue("sales", queue => queue.OnTimedOut("x")).HangUp() },
        { "step 1 (when): 'v is lt' leads to node 'x', which does not exist", flow => flow.When("v", when => when.Is("lt", "x")).HangUp() },
        { "step 1 (when): 'otherwise' leads to node 'x', which does not exist", flow => flow.When("v", when => when.Is("lt", "x").Otherwise("x")) },
        { "step 1 (go to): there is no node 'x'", flow => flow.GoTo("x") },
    };

    [Theory]
    [MemberData(nameof(UnknownNodes))]
    public void Every_node_that_is_named_exists(string fault, Action<IvrFlowBuilder> build)
    {
        Assert.Contains($"node 'start': {fault}", Faults(build));
    }

    public static TheoryData<string, IvrStep> WrongSteps => new()
    {
        { "the prompt is empty", new IvrStep.Play(Prompt.Of()) },
        { "a prompt has no name", new IvrStep.Play([new PromptPart.File(" ")]) },
        { "prompt 'no-file.wav' is not in the fake catalog", new IvrStep.Play(["menu.wav", "no-file.wav"]) },
        { "silence of 00:01:01 must be over zero and at most 00:01:00", new IvrStep.Play([new PromptPart.Silence(TimeSpan.FromSeconds(61))]) },
        { "prompt 'no-sorry.wav' is not in the fake catalog", Menu("1") with { InvalidPrompt = "no-sorry.wav" } },
        { "the menu has no key", new IvrStep.Menu("menu.wav", default) },
        { "key '12' must be a single key", Menu("12") },
        { "timeout 00:00:00 must be over zero and at most 00:01:00", Menu("1") with { Timeout = TimeSpan.Zero } },
        { "retries -1 must be 0 to 10", Menu("1") with { Retries = -1 } },
        { "variable '' must be 1 to 128 characters", new IvrStep.Collect("", "account.wav", 1, 4) },
        { "prompt 'no-file.wav' is not in the fake catalog", new IvrStep.Collect("v", "no-file.wav", 1, 4) },
        { "min 5 must be 0 to max 4", new IvrStep.Collect("v", "account.wav", 5, 4) },
        { "terminator '##' must be a single key, or empty for none", new IvrStep.Collect("v", "account.wav", 1, 4) { Terminator = "##" } },
        { "terminator '9' must be * or #", new IvrStep.Collect("v", "account.wav", 1, 4) { Terminator = "9" } },
        { "first-digit timeout 00:02:00 must be over zero and at most 00:01:00", new IvrStep.Collect("v", "account.wav", 1, 4) { FirstDigitTimeout = TimeSpan.FromMinutes(2) } },
        { "inter-digit timeout 00:00:00 must be over zero and at most 00:01:00", new IvrStep.Collect("v", "account.wav", 1, 4) { InterDigitTimeout = TimeSpan.Zero } },
        { "variable ' ' must be 1 to 128 characters", new IvrStep.Set(" ", "lt") },
        { "there is no value to compare with", new IvrStep.When("v", default) },
        { "value 'lt' is used twice", new IvrStep.When("v", [new("lt", "start"), new("lt", "start")]) },
        { "queue '' must be 1 to 128 characters", new IvrStep.Queue("") },
        { "there is no queue 'seles'; there are sales, support", new IvrStep.Queue("seles") },
        { "the flow has no name", new IvrStep.GoToFlow("") },
        { "there is no flow 'night'", new IvrStep.GoToFlow("night") },
        { "cause 99 is unknown", new IvrStep.HangUp((HangUpCause)99) },
    };

    [Theory]
    [MemberData(nameof(WrongSteps))]
    public void The_values_of_a_step_can_be_used(string fault, IvrStep step)
    {
        var document = new IvrDocument("main", 1, "start", [new("start", [step, HangUp])]);

        Assert.Contains(IvrFlow.Validate(document, Known), found => found.Node == "start" && found.Problem.EndsWith($"): {fault}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_host_has_is_checked_only_when_it_is_known()
    {
        Assert.Empty(Faults(flow => flow.Play("no-file.wav").Queue("anything").GoToFlow("anywhere")));
    }

    public static TheoryData<string, Action<IvrFlowBuilder>> Loops => new()
    {
        { "start → start", flow => flow.Answer().Set("v", "x").GoTo("start") },
        { "start → start", flow => flow.Play("a-key-skips-this.wav").GoTo("start") },
        { "start → start", flow => flow.When("v", when => when.Is("1", "start").Otherwise("start")) },
        { "start → b → c → start", flow => flow.GoTo("b").Node("b", node => node.GoTo("c")).Node("c", node => node.GoTo("start")) },
        { "b → c → b", flow => flow.Menu("m.wav", menu => menu.On('1', "b")).HangUp().Node("b", node => node.GoTo("c")).Node("c", node => node.GoTo("b")) },
        { "start → start", flow => flow.Queue("sales", queue => queue.OnFull("start")).HangUp() },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public void A_loop_waits_for_the_caller_somewhere(string loop, Action<IvrFlowBuilder> build)
    {
        var fault = Assert.Single(IvrFlow.Validate(Document(build)), fault => fault.Problem.StartsWith("loops", StringComparison.Ordinal));

        Assert.Equal($"loops without waiting for the caller: {loop}; put a menu or a prompt without barge-in between", fault.Problem);
        Assert.StartsWith(fault.Node!, loop, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_that_waits_is_none()
    {
        Assert.Empty(Faults(flow => flow.Play("closed.wav", bargeIn: false).GoTo("start")));
        Assert.Empty(Faults(flow => flow.Menu("menu.wav", menu => menu.On('1', "start")).GoTo("start")));
        Assert.Empty(Faults(flow => flow.Collect("v", "account.wav", (1, 4)).GoTo("start")));
        Assert.Empty(Faults(flow => flow.Queue("sales", queue => queue.OnAnswered("start").OnTimedOut("start")).HangUp()));
    }

    private static IvrStep.Menu Menu(string key) => new("menu.wav", [new(key, "start")]);

    private static IvrDocument Document(Action<IvrFlowBuilder> build)
    {
        var builder = new IvrFlowBuilder("main");
        build(builder);
        return builder.ToDocument();
    }

    private static ImmutableArray<string> Faults(Action<IvrFlowBuilder> build) => Faults(Document(build));

    private static ImmutableArray<string> Faults(IvrDocument document) => [.. IvrFlow.Validate(document).Select(fault => fault.ToString())];
}
