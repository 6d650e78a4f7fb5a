package io.holdfast.lm.program;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One call of a compiled program, for JDK Flight Recorder: what a stage's time goes to can be seen
 * in any running trainer. Costs nothing measurable, and less while nothing is recorded.
 */
@Name(EngineCall.NAME)
@Label("Engine call")
@Description("A program's method in libtorch, conversion of its arguments included")
@Category("Holdfast")
@StackTrace(false)
public final class EngineCall extends Event {

  /** Name under which a recording knows the event. */
  public static final String NAME = "io.holdfast.EngineCall";

  @Label("Method")
  String method;
}
