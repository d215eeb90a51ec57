package org.ganvas.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that clients may use. The file holds a line {@code NAME SHA256} for each; empty lines
 * and those that begin with # are skipped. A key is 256 random bits, so a single SHA-256 keeps it
 * secret: unlike a password it cannot be guessed.
 */
public final class ApiKeys {
  private static final String PREFIX = "ganvas_";
  private static final int KEY_BYTES = 32;
  private static final Pattern NAME = Pattern.compile("[^\\s#]\\S{0,63}");
  private static final Pattern LINE = Pattern.compile("(" + NAME + ")\\s+([0-9a-fA-F]{64})");

  /** Each key's name and hash; an old key and a new one may have the same name. */
  private final List<Map.Entry<String, byte[]>> hashes;

  private ApiKeys(List<Map.Entry<String, byte[]>> hashes) {
    this.hashes = hashes;
  }

  /** A new key, and what stands for it in the file. */
  public record NewKey(String key, String sha256) {
    /**
     * Its line for the file.
     *
     * @throws IllegalArgumentException if the file cannot hold such a name
     */
    public String line(String name) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a key's name is 1 to 64 characters without spaces, and not # first, found '%s'; try one such as anna-smith"
                .formatted(name));
      }
      return name + " " + sha256;
    }
  }

  /** Makes a key. */
  public static NewKey create() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new NewKey(key, HexFormat.of().formatHex(sha256(key)));
  }

  /**
   * Reads a file of keys.
   *
   * @throws IOException if it cannot be read, or has a line of another form
   */
  public static ApiKeys read(Path file) throws IOException {
    List<Map.Entry<String, byte[]>> hashes = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(text);
      if (!matcher.matches()) {
        throw new IOException(
            "a line of API keys is NAME SHA256, found another in line %d of %s; make keys with ganvas serve --new-key"
                .formatted(number, file));
      }
      hashes.add(Map.entry(matcher.group(1), HexFormat.of().parseHex(matcher.group(2))));
    }
    if (hashes.isEmpty()) {
      throw new IOException(
          file + ": a file of API keys has at least one, found none; see ganvas serve --new-key");
    }
    return new ApiKeys(hashes);
  }

  /** The name of a key, if it is one of these; how long that takes tells nothing about the keys. */
  public Optional<String> nameOf(String key) {
    byte[] hash = sha256(key);
    String found = null;
    for (Map.Entry<String, byte[]> entry : hashes) {
      if (MessageDigest.isEqual(entry.getValue(), hash)) {
        found = entry.getKey();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
