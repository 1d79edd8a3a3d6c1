// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Tests of the packaged plugins in containers, installed as documented. */
package io.connectot.containers;
