package org.ganvas.cli;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives an option the next word, whatever it is. Picocli refuses one that might be an option, and
 * {@code -old}, as a suffix often begins, might be {@code -o} with the value {@code ld}.
 */
final class AnyText implements IParameterConsumer {
  @Override
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new CommandLine.MissingParameterException(
          command.commandLine(),
          option,
          ((OptionSpec) option).longestName() + " is followed by a text, found none");
    }
    option.setValue(words.pop());
  }
}
