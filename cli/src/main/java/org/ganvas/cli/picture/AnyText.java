package org.ganvas.cli.picture;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives an option the next word, unless that is an option by itself. Picocli refuses whatever might
 * be one, and {@code -old}, as a suffix often begins, might be {@code -o} with the value {@code
 * ld}.
 */
final class AnyText implements IParameterConsumer {
  @Override
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    String name = ((OptionSpec) option).longestName();
    if (option.getValue() != null) {
      // Which picocli, with a consumer, does not see.
      throw new CommandLine.OverwrittenOptionException(
          command.commandLine(), option, name + " is given once, found twice");
    }
    if (words.isEmpty() || command.optionsMap().containsKey(words.peek())) {
      throw new CommandLine.MissingParameterException(
          command.commandLine(),
          option,
          name + " is followed by a text, found " + (words.isEmpty() ? "none" : words.peek()));
    }
    option.setValue(words.pop());
  }
}
