// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The packaged plugins in containers, as a stranger installs them. */
package io.connectot.containers;
