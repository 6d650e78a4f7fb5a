package io.holdfast.lm.train;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Reading one step's sequences from the mixture, for JDK Flight Recorder. */
@Name(BatchRead.NAME)
@Label("Batch read")
@Description("The sequences of one optimizer step, from the token shards")
@Category("Holdfast")
@StackTrace(false)
public final class BatchRead extends Event {

  /** Name under which a recording knows the event. */
  public static final String NAME = "io.holdfast.BatchRead";
}
