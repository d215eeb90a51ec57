package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.ganvas.server.http.HttpApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationFolderTest {
  @TempDir private Path folder;

  @Test
  void thePageIsThereWhateverTheFolderOfTheInstallationIsCalled() throws Exception {
    String jar = packed(Files.createDirectory(folder.resolve("tools [1]"))).toString();
    String path = System.getProperty("java.class.path").replace(classes().toString(), jar);
    assertThat(path).contains(jar);
    try (ServerProcess server = new ServerProcess(List.of("-cp", path), folder.toString())) {
      JobClient client = new JobClient(server.port());
      for (String page : List.of("/", "/docs", "/css/base.css")) {
        assertThat(client.send(client.request(page)).statusCode()).as(page).isEqualTo(200);
      }
    }
  }

  private static Path packed(Path folder) throws Exception {
    Path jar = folder.resolve("server.jar");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] arguments = {"-c", "-f", jar.toString(), "-C", classes().toString(), "."};
    assertThat(tool.run(System.out, System.err, arguments)).isZero();
    return jar;
  }

  private static Path classes() throws Exception {
    return Path.of(HttpApi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
